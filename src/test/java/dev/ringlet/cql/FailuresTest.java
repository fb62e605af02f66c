package dev.ringlet.cql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.RequestThrottlingException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.connection.BusyConnectionException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.servererrors.BootstrappingException;
import com.datastax.oss.driver.api.core.servererrors.CASWriteUnknownException;
import com.datastax.oss.driver.api.core.servererrors.DefaultWriteType;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.OverloadedException;
import com.datastax.oss.driver.api.core.servererrors.ReadFailureException;
import com.datastax.oss.driver.api.core.servererrors.ReadTimeoutException;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import com.datastax.oss.driver.api.core.servererrors.SyntaxError;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import com.datastax.oss.driver.api.core.servererrors.WriteFailureException;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import com.datastax.oss.driver.internal.core.metadata.DefaultEndPoint;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.AbstractMap.SimpleEntry;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {
  /** The exceptions only carry it. */
  private static final Node NODE =
      (Node)
          Proxy.newProxyInstance(
              Node.class.getClassLoader(),
              new Class<?>[] {Node.class},
              (node, method, args) ->
                  switch (method.getName()) {
                    case "hashCode" -> 1;
                    case "equals" -> node == args[0];
                    default -> "a node";
                  });

  private static final ConsistencyLevel ONE = ConsistencyLevel.ONE;

  /** A failure, what it means for a read, what it means for a write. */
  static Stream<Arguments> failures() {
    return Stream.of(
        row(
            new UnavailableException(NODE, ONE, 1, 0),
            ErrorCode.UNAVAILABLE,
            ErrorCode.UNAVAILABLE),
        row(new BootstrappingException(NODE), ErrorCode.UNAVAILABLE, ErrorCode.UNAVAILABLE),
        row(new OverloadedException(NODE), ErrorCode.OVERLOADED, ErrorCode.OVERLOADED),
        row(new RequestThrottlingException("full"), ErrorCode.OVERLOADED, ErrorCode.OVERLOADED),
        row(new BusyConnectionException(1), ErrorCode.OVERLOADED, ErrorCode.OVERLOADED),
        row(new UnauthorizedException(NODE, "no"), ErrorCode.FORBIDDEN, ErrorCode.FORBIDDEN),
        row(
            new SyntaxError(NODE, "line 1:8"),
            ErrorCode.REFUSED_BY_CASSANDRA,
            ErrorCode.REFUSED_BY_CASSANDRA),
        row(authentication(), ErrorCode.NOT_CONNECTED, ErrorCode.NOT_CONNECTED),
        row(
            new DriverTimeoutException("late"),
            ErrorCode.READ_TIMEOUT,
            ErrorCode.WRITE_OUTCOME_UNKNOWN),
        row(
            new ReadTimeoutException(NODE, ONE, 0, 1, false),
            ErrorCode.READ_TIMEOUT,
            ErrorCode.WRITE_OUTCOME_UNKNOWN),
        row(
            new ReadFailureException(NODE, ONE, 0, 1, 1, false, Map.of()),
            ErrorCode.UNAVAILABLE,
            ErrorCode.WRITE_OUTCOME_UNKNOWN),
        row(
            new WriteTimeoutException(NODE, ONE, 0, 1, DefaultWriteType.SIMPLE),
            ErrorCode.READ_TIMEOUT,
            ErrorCode.WRITE_OUTCOME_UNKNOWN),
        row(
            new WriteFailureException(NODE, ONE, 0, 1, DefaultWriteType.SIMPLE, 1, Map.of()),
            ErrorCode.UNAVAILABLE,
            ErrorCode.WRITE_OUTCOME_UNKNOWN),
        row(
            new CASWriteUnknownException(NODE, ONE, 0, 1),
            ErrorCode.UNAVAILABLE,
            ErrorCode.WRITE_OUTCOME_UNKNOWN),
        row(
            new ClosedConnectionException("gone"),
            ErrorCode.UNAVAILABLE,
            ErrorCode.WRITE_OUTCOME_UNKNOWN),
        row(
            new ServerError(NODE, "java.lang.X"),
            ErrorCode.UNAVAILABLE,
            ErrorCode.WRITE_OUTCOME_UNKNOWN),
        row(new NoNodeAvailableException(), ErrorCode.UNAVAILABLE, ErrorCode.UNAVAILABLE),
        row(
            nodes(new OverloadedException(NODE), new ClosedConnectionException("gone")),
            ErrorCode.OVERLOADED,
            ErrorCode.WRITE_OUTCOME_UNKNOWN),
        row(
            nodes(new UnavailableException(NODE, ONE, 1, 0), new UnauthorizedException(NODE, "no")),
            ErrorCode.FORBIDDEN,
            ErrorCode.FORBIDDEN),
        row(nodes(authentication()), ErrorCode.NOT_CONNECTED, ErrorCode.NOT_CONNECTED),
        row(
            invalid("Key length of 70000 is longer than maximum of 65535"),
            ErrorCode.REFUSED_BY_CASSANDRA,
            ErrorCode.REFUSED_BY_CASSANDRA),
        row(
            invalid("Undefined column name b in table ks.t"),
            ErrorCode.SCHEMA_CHANGING,
            ErrorCode.SCHEMA_CHANGING),
        row(
            invalid("table t does not exist"),
            ErrorCode.SCHEMA_CHANGING,
            ErrorCode.SCHEMA_CHANGING),
        row(invalid("unconfigured table t"), ErrorCode.SCHEMA_CHANGING, ErrorCode.SCHEMA_CHANGING));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void tellsNotDoneFromUnknown(Throwable failure, ErrorCode read, ErrorCode write) {
    assertEquals(read, ((ApiException) Failures.ofRead(failure)).code());
    assertEquals(write, ((ApiException) Failures.ofWrite(failure)).code());
  }

  /** A failure, what it means for an LWT, what it means for a LOGGED batch. */
  static Stream<Arguments> failuresAfterWhichItMayBeDoneYet() {
    ErrorCode unknown = ErrorCode.WRITE_OUTCOME_UNKNOWN;
    UnavailableException toCommit = new UnavailableException(NODE, ONE, 1, 0);
    return Stream.of(
        row(new OverloadedException(NODE), unknown, unknown),
        row(nodes(new OverloadedException(NODE)), unknown, unknown),
        row(toCommit, unknown, ErrorCode.UNAVAILABLE),
        row(nodes(unavailable(ConsistencyLevel.SERIAL), toCommit), unknown, ErrorCode.UNAVAILABLE),
        row(unavailable(ConsistencyLevel.SERIAL), ErrorCode.UNAVAILABLE, ErrorCode.UNAVAILABLE),
        row(
            unavailable(ConsistencyLevel.LOCAL_SERIAL),
            ErrorCode.UNAVAILABLE,
            ErrorCode.UNAVAILABLE),
        row(new BootstrappingException(NODE), ErrorCode.UNAVAILABLE, ErrorCode.UNAVAILABLE),
        row(new RequestThrottlingException("full"), ErrorCode.OVERLOADED, ErrorCode.OVERLOADED),
        row(new BusyConnectionException(1), ErrorCode.OVERLOADED, ErrorCode.OVERLOADED),
        row(new DriverTimeoutException("late"), unknown, unknown),
        row(new CASWriteUnknownException(NODE, ONE, 0, 1), unknown, unknown),
        row(
            new WriteTimeoutException(NODE, ONE, 0, 1, DefaultWriteType.BATCH_LOG),
            unknown,
            unknown),
        row(
            invalid("Key too long"),
            ErrorCode.REFUSED_BY_CASSANDRA,
            ErrorCode.REFUSED_BY_CASSANDRA));
  }

  @ParameterizedTest
  @MethodSource("failuresAfterWhichItMayBeDoneYet")
  void whatPaxosOrTheBatchLogHasIsUnknown(Throwable failure, ErrorCode lwt, ErrorCode batch) {
    ApiException ofLwt = (ApiException) Failures.ofLwt(failure);
    assertEquals(lwt, ofLwt.code());
    assertEquals(
        lwt == ErrorCode.WRITE_OUTCOME_UNKNOWN,
        String.valueOf(ofLwt.members().get("hint")).contains("Cassandra-Consistency: SERIAL"));
    assertEquals(batch, ((ApiException) Failures.ofBatch(failure)).code());
  }

  /** Of several partitions, which are done one after the other. */
  @Test
  void whatFailsOfABatchOfCountersMayHaveBeenDoneInPart() {
    for (Throwable failure :
        List.of(
            unavailable(ONE),
            new OverloadedException(NODE),
            nodes(unavailable(ONE)),
            new WriteTimeoutException(NODE, ONE, 0, 1, DefaultWriteType.COUNTER))) {
      assertEquals(ErrorCode.WRITE_OUTCOME_UNKNOWN, code(Failures.ofCounters(failure)));
    }
    assertEquals(
        ErrorCode.UNAVAILABLE, code(Failures.ofCounters(new BootstrappingException(NODE))));
    assertEquals(ErrorCode.OVERLOADED, code(Failures.ofCounters(new BusyConnectionException(1))));
  }

  @Test
  void aStatementThatWasNotPreparedWasNotSent() {
    for (Throwable failure :
        List.of(new DriverTimeoutException("late"), new ClosedConnectionException("gone"))) {
      ApiException e = (ApiException) Failures.ofWrite(Failures.ofPrepare(failure));
      assertEquals(ErrorCode.UNAVAILABLE, e.code());
    }
  }

  @Test
  void whatAnotherNodeMayHaveDoneIsUnknown() {
    for (Throwable failure :
        List.of(
            unavailable(ONE),
            Failures.ofPrepare(new DriverTimeoutException("late")),
            new ApiException(ErrorCode.OVERLOADED, "no time"))) {
      assertEquals(ErrorCode.WRITE_OUTCOME_UNKNOWN, code(Failures.ofWriteElsewhere(failure)));
    }
    Throwable refused = invalid("Key too long");
    assertSame(refused, Failures.ofWriteElsewhere(refused));
    Throwable changed = invalid("unconfigured table t"); // it is planned again
    assertSame(changed, Failures.ofWriteElsewhere(changed));
  }

  @Test
  void anAnswerThatMakesNoSenseSaysNothingOfTheWrite() {
    Throwable failure = Failures.ofDriver(new IllegalArgumentException("opcode 85"));
    assertEquals(ErrorCode.UNAVAILABLE, ((ApiException) Failures.ofRead(failure)).code());
    assertEquals(
        ErrorCode.WRITE_OUTCOME_UNKNOWN, ((ApiException) Failures.ofWrite(failure)).code());
  }

  @Test
  void aBatchThatIsTooLargeIsALimit() {
    ApiException e = (ApiException) Failures.ofBatch(invalid("Batch too large"));
    assertEquals(ErrorCode.LIMIT_EXCEEDED, e.code());
  }

  @Test
  void passesOnWhatItDoesNotKnow() {
    Throwable bug = new IllegalStateException("bug");
    assertSame(bug, Failures.ofRead(bug));
    Throwable known = new ApiException(ErrorCode.NOT_CONNECTED, "not yet");
    assertSame(known, Failures.ofWrite(known));
  }

  @Test
  void keepsTheServersOwnWordsOnlyAboutValues() {
    assertEquals(
        "Cassandra failed.", Failures.ofRead(new ServerError(NODE, "java.lang.X")).getMessage());
    assertEquals("Key too long", Failures.ofWrite(invalid("Key too long")).getMessage());
  }

  private static ErrorCode code(Throwable failure) {
    return ((ApiException) failure).code();
  }

  private static InvalidQueryException invalid(String message) {
    return new InvalidQueryException(NODE, message);
  }

  private static UnavailableException unavailable(ConsistencyLevel level) {
    return new UnavailableException(NODE, level, 1, 0);
  }

  private static AuthenticationException authentication() {
    return new AuthenticationException(new DefaultEndPoint(new InetSocketAddress(1)), "no");
  }

  private static AllNodesFailedException nodes(Throwable... errors) {
    return AllNodesFailedException.fromErrors(
        Stream.of(errors)
            .<Map.Entry<Node, Throwable>>map(e -> new SimpleEntry<>(NODE, e))
            .toList());
  }

  private static Arguments row(Throwable failure, ErrorCode read, ErrorCode write) {
    return Arguments.of(failure, read, write);
  }
}
