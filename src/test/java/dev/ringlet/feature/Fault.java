package dev.ringlet.feature;

import com.datastax.oss.protocol.internal.Message;
import com.datastax.oss.protocol.internal.ProtocolConstants.ConsistencyLevel;
import com.datastax.oss.protocol.internal.ProtocolConstants.ErrorCode;
import com.datastax.oss.protocol.internal.request.Batch;
import com.datastax.oss.protocol.internal.request.Execute;
import com.datastax.oss.protocol.internal.response.Error;
import com.datastax.oss.protocol.internal.response.Ready;
import com.datastax.oss.protocol.internal.response.error.AlreadyExists;
import com.datastax.oss.protocol.internal.response.error.CASWriteUnknown;
import com.datastax.oss.protocol.internal.response.error.FunctionFailure;
import com.datastax.oss.protocol.internal.response.error.ReadFailure;
import com.datastax.oss.protocol.internal.response.error.ReadTimeout;
import com.datastax.oss.protocol.internal.response.error.Unavailable;
import com.datastax.oss.protocol.internal.response.error.Unprepared;
import com.datastax.oss.protocol.internal.response.error.WriteFailure;
import com.datastax.oss.protocol.internal.response.error.WriteTimeout;
import dev.ringlet.local.FaultyProxy;
import dev.ringlet.local.NativeFrame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** What can go wrong between the driver and a node: every error of the protocol, and the rest. */
@SuppressWarnings("ImmutableEnumChecker") // nobody changes them
enum Fault {
  SERVER_ERROR(error(ErrorCode.SERVER_ERROR)),
  PROTOCOL_ERROR(error(ErrorCode.PROTOCOL_ERROR)),
  BAD_CREDENTIALS(error(ErrorCode.AUTH_ERROR)),
  UNAVAILABLE(new Unavailable("no", ConsistencyLevel.LOCAL_QUORUM, 2, 1)),
  UNAVAILABLE_SERIAL(new Unavailable("no", ConsistencyLevel.LOCAL_SERIAL, 2, 1)),
  OVERLOADED(error(ErrorCode.OVERLOADED)),
  BOOTSTRAPPING(error(ErrorCode.IS_BOOTSTRAPPING)),
  TRUNCATE_ERROR(error(ErrorCode.TRUNCATE_ERROR)),
  WRITE_TIMEOUT_SIMPLE(writeTimeout("SIMPLE")),
  WRITE_TIMEOUT_BATCH(writeTimeout("BATCH")),
  WRITE_TIMEOUT_UNLOGGED_BATCH(writeTimeout("UNLOGGED_BATCH")),
  WRITE_TIMEOUT_COUNTER(writeTimeout("COUNTER")),
  WRITE_TIMEOUT_BATCH_LOG(writeTimeout("BATCH_LOG")),
  WRITE_TIMEOUT_CAS(writeTimeout("CAS")),
  WRITE_TIMEOUT_VIEW(writeTimeout("VIEW")),
  WRITE_TIMEOUT_CDC(writeTimeout("CDC")),
  READ_TIMEOUT_FEW(new ReadTimeout("no", ConsistencyLevel.LOCAL_QUORUM, 1, 2, false)),
  READ_TIMEOUT_DIGESTS(new ReadTimeout("no", ConsistencyLevel.LOCAL_QUORUM, 2, 2, false)),
  READ_TIMEOUT_DATA(new ReadTimeout("no", ConsistencyLevel.LOCAL_QUORUM, 2, 2, true)),
  READ_FAILURE(new ReadFailure("no", ConsistencyLevel.LOCAL_QUORUM, 1, 2, 1, Map.of(), false)),
  FUNCTION_FAILURE(new FunctionFailure("no", "fake", "f", List.of("int"))),
  WRITE_FAILURE(new WriteFailure("no", ConsistencyLevel.LOCAL_QUORUM, 1, 2, 1, Map.of(), "SIMPLE")),
  CDC_WRITE_FAILURE(error(ErrorCode.CDC_WRITE_FAILURE)),
  CAS_WRITE_UNKNOWN(new CASWriteUnknown("no", ConsistencyLevel.LOCAL_SERIAL, 1, 2)),
  SYNTAX_ERROR(error(ErrorCode.SYNTAX_ERROR)),
  UNAUTHORIZED(error(ErrorCode.UNAUTHORIZED)),
  INVALID(error(ErrorCode.INVALID)),
  CONFIG_ERROR(error(ErrorCode.CONFIG_ERROR)),
  ALREADY_EXISTS(new AlreadyExists("no", "fake", "t")),
  /** One node does not know the statement. */
  UNPREPARED_ONCE(Fault::forgetOnce),

  REFUSED(FaultyProxy::refuse),
  CLOSED((frame, connection) -> connection.close()),
  RESET((frame, connection) -> connection.reset()),
  RESET_AMID_ANSWER(
      (frame, connection) -> {
        byte[] answer = frame.answered(error(ErrorCode.INVALID));
        connection.garble(Arrays.copyOf(answer, answer.length / 2));
        connection.reset();
      }),
  SILENT((frame, connection) -> connection.pause(Duration.ZERO)),
  HALF_OPEN(FaultyProxy::deafen),
  BYTE_BY_BYTE(slowly(Duration.ofMillis(1))),
  BYTE_BY_BYTE_TOO_SLOW(slowly(Duration.ofMillis(500))),
  UNKNOWN_ERROR(changed(10, 0x66)),
  WRONG_OPCODE(changed(4, 0x55)),
  WRONG_VERSION(changed(0, 0xff)),
  TOO_LONG(changed(5, 0x7f)),
  BROKEN_TEXT(changed(13, 0x7f)),
  READY(new Ready()),
  HTTP(
      (frame, connection) ->
          connection.garble(
              "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));

  private static final AtomicBoolean FORGOTTEN = new AtomicBoolean();

  private final Consumer<FaultyProxy> begin;

  Fault(Consumer<FaultyProxy> begin) {
    this.begin = begin;
  }

  Fault(FaultyProxy.Fault fault) {
    this(proxy -> proxy.fail(fault));
  }

  Fault(Message answer) {
    this((frame, connection) -> connection.answer(frame, answer));
  }

  /** The table of its own. */
  String table() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it ends only with the time of the request. */
  boolean lasts() {
    return this == SILENT || this == HALF_OPEN || this == BYTE_BY_BYTE_TOO_SLOW || this == HTTP;
  }

  /** From now on, until the proxy is healed. */
  void begin(FaultyProxy proxy) {
    begin.accept(proxy);
  }

  private static Error error(int code) {
    return new Error(code, "no");
  }

  private static Error writeTimeout(String type) {
    return new WriteTimeout("no", ConsistencyLevel.LOCAL_QUORUM, 1, 2, type);
  }

  private static FaultyProxy.Fault slowly(Duration aByte) {
    return (frame, connection) -> {
      connection.slow(aByte);
      connection.pass(frame);
    };
  }

  /** An answer that is right but for one byte. */
  private static FaultyProxy.Fault changed(int position, int value) {
    return (frame, connection) -> {
      byte[] answer = frame.answered(error(ErrorCode.INVALID));
      answer[position] = (byte) value;
      connection.garble(answer);
    };
  }

  private static void forgetOnce(FaultyProxy proxy) {
    FORGOTTEN.set(false);
    proxy.fail(
        (frame, connection) -> {
          if (FORGOTTEN.getAndSet(true)) {
            connection.pass(frame);
          } else {
            connection.answer(frame, unprepared(frame));
          }
        });
  }

  /** What a node says that has forgotten the statement. */
  static Message unprepared(NativeFrame frame) {
    return new Unprepared("no", id(frame.message()));
  }

  private static byte[] id(Message statement) {
    return statement instanceof Execute execute
        ? execute.queryId
        : statement instanceof Batch batch ? (byte[]) batch.queriesOrIds.get(0) : new byte[0];
  }
}
