package dev.ringlet.cql;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.connection.FrameTooLongException;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.OverloadedException;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.session.RowsTooLongException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a failure of the driver means to a caller. A write that Cassandra may have begun is never
 * called failed: its outcome is unknown. Anything that is not in the table is a defect of ours and
 * passes through.
 */
final class Failures {
  /** Which failure of several nodes tells most, first the one that must not be overlooked. */
  private static final List<ErrorCode> MOST_TELLING =
      List.of(
          ErrorCode.WRITE_OUTCOME_UNKNOWN,
          ErrorCode.READ_TIMEOUT,
          ErrorCode.FORBIDDEN,
          ErrorCode.REFUSED_BY_CASSANDRA,
          ErrorCode.SCHEMA_CHANGING,
          ErrorCode.OVERLOADED,
          ErrorCode.NOT_CONNECTED,
          ErrorCode.UNAVAILABLE);

  /** A statement that was planned on a schema that has changed since. */
  private static final Pattern SCHEMA_CHANGED =
      Pattern.compile(
          "(?i)unconfigured table|undefined column|unknown identifier|does ?n.t exist|does not exist|unknown keyspace|unknown cf");

  /** What Cassandra says of a batch beyond its threshold. */
  private static final String TOO_LARGE = "Batch too large";

  /** The status of what may go well another time. */
  private static final int PASSING = 503;

  /** After an LWT of unknown outcome. */
  private static final String FIND_OUT =
      "A read with Cassandra-Consistency: SERIAL, or LOCAL_SERIAL if the write's serial level was"
          + " that, shows what was done so far: compare it with what the write would have left. While"
          + " its condition still holds, it may be done later.";

  private Failures() {}

  /**
   * What the driver answers with, apart from what fails on our side: it has exceptions of its own
   * for all but an answer of a node that it cannot decode, or that is none to what was sent.
   */
  static Throwable ofDriver(Throwable failure) {
    if (failure instanceof DriverException || failure instanceof ApiException) {
      return failure;
    }
    return NotPreparedException.is(failure)
        ? new NotPreparedException(failure)
        : new UnreadableAnswerException(failure);
  }

  /** Whether it shows that the schema is not what the statement was planned for. */
  static boolean isOfSchema(Throwable failure) {
    if (failure instanceof InvalidQueryException || failure instanceof ServerError) {
      return SCHEMA_CHANGED.matcher(failure.getMessage()).find();
    }
    return failure instanceof ApiException e && e.code() == ErrorCode.SCHEMA_CHANGING;
  }

  /** Before a statement is sent nothing has begun, of a write neither. */
  static Throwable ofPrepare(Throwable failure) {
    Throwable meaning = meaning(failure, Optional.empty());
    return meaning instanceof ApiException e && e.code() == ErrorCode.READ_TIMEOUT
        ? new ApiException(ErrorCode.UNAVAILABLE, "The statement was not prepared in time.")
        : meaning;
  }

  static Throwable ofRead(Throwable failure) {
    return failure instanceof FrameTooLongException
        ? new ApiException(
                ErrorCode.LIMIT_EXCEEDED,
                "Cassandra's answer is more than one may be: ask for fewer columns or rows.")
            .with("limit", "ringlet.row.max-size")
        : meaning(failure, Optional.empty());
  }

  static Throwable ofWrite(Throwable failure) {
    return ofWrite(failure, error -> false);
  }

  /**
   * Of an LWT: what Paxos has agreed on is done sooner or later, even if the replicas cannot be
   * told at the write's own level.
   */
  static Throwable ofLwt(Throwable failure) {
    Throwable meant =
        ofWrite(
            failure,
            error ->
                error instanceof OverloadedException
                    || (error instanceof UnavailableException unavailable
                        && !unavailable.getConsistencyLevel().isSerial()));
    return meant instanceof ApiException e && e.code() == ErrorCode.WRITE_OUTCOME_UNKNOWN
        ? e.with("hint", FIND_OUT)
        : meant;
  }

  /** Whether an LWT was not applied: the rows that stand in its way are too long for an answer. */
  static boolean isOfRowsInTheWay(Throwable failure) {
    return failure instanceof RowsTooLongException;
  }

  /** Of a LOGGED batch: what is in the batch log is done sooner or later. */
  static Throwable ofBatch(Throwable failure) {
    return ofWrite(failure, OverloadedException.class::isInstance);
  }

  /**
   * Of a COUNTER batch of several partitions: Cassandra takes them one after the other, and what
   * fails at one of them comes after others have been counted.
   */
  static Throwable ofCounters(Throwable failure) {
    return ofWrite(
        failure,
        error -> error instanceof UnavailableException || error instanceof OverloadedException);
  }

  /**
   * Of a write that may have been sent to nodes that nothing is known of: if it fails now, that is
   * not to say that it was not done. If that is since the table has changed, it is planned again:
   * it may be done twice.
   */
  static Throwable ofWriteElsewhere(Throwable failure) {
    return isPassing(ofWrite(failure)) && !isOfSchema(failure)
        ? new ApiException(
            ErrorCode.WRITE_OUTCOME_UNKNOWN,
            "A node had forgotten the statement; whether another one has done it is not known.")
        : failure;
  }

  /**
   * Of a write that was sent more than once, an attempt of unknown outcome counts for more than the
   * last one; and so does one that has no answer yet.
   *
   * @param begun which failures come after the write may have begun, besides those of the table
   */
  private static Throwable ofWrite(Throwable failure, Predicate<Throwable> begun) {
    Throwable last = meaning(failure, Optional.of(begun));
    if (failure instanceof DriverException e && e.getExecutionInfo() != null) {
      for (Map.Entry<Node, Throwable> attempt : e.getExecutionInfo().getErrors()) {
        Throwable meaning = meaning(attempt.getValue(), Optional.of(begun));
        if (meaning instanceof ApiException api && api.code() == ErrorCode.WRITE_OUTCOME_UNKNOWN) {
          return api;
        }
      }
      if (e.getExecutionInfo().getSpeculativeExecutionCount() > 0 && isPassing(last)) {
        return new ApiException(ErrorCode.WRITE_OUTCOME_UNKNOWN, FailureRule.NO_ANSWER);
      }
    }
    return last;
  }

  /** Whether the same statement could have gone well at another node. */
  private static boolean isPassing(Throwable meaning) {
    return meaning instanceof ApiException e && e.code().status() == PASSING;
  }

  /**
   * @param write empty for a read
   */
  private static Throwable meaning(Throwable failure, Optional<Predicate<Throwable>> write) {
    if (failure instanceof AllNodesFailedException all) {
      return ofNodes(all, write);
    }
    if (failure instanceof InvalidQueryException) {
      return refused(failure.getMessage());
    }
    if (failure instanceof ServerError && isOfSchema(failure)) {
      return Preparation.changing(); // the table was dropped, and with it what might have been done
    }
    return FailureRule.TABLE.stream()
        .filter(row -> row.type().isInstance(failure))
        .findFirst()
        .<Throwable>map(row -> new ApiException(code(row, failure, write), row.detail()))
        .orElse(failure);
  }

  private static ErrorCode code(
      FailureRule row, Throwable failure, Optional<Predicate<Throwable>> write) {
    return write
        .map(begun -> begun.test(failure) ? ErrorCode.WRITE_OUTCOME_UNKNOWN : row.write())
        .orElse(row.read());
  }

  /** The driver's summary hides the telling cause in the errors of the nodes it tried. */
  private static Throwable ofNodes(
      AllNodesFailedException all, Optional<Predicate<Throwable>> write) {
    List<Throwable> meanings =
        all.getAllErrors().values().stream()
            .flatMap(List::stream)
            .map(error -> meaning(error, write))
            .toList();
    return MOST_TELLING.stream()
        .flatMap(
            code ->
                meanings.stream()
                    .filter(meaning -> meaning instanceof ApiException e && e.code() == code))
        .findFirst()
        // what the table does not know of a node is why nothing was sent there
        .orElseGet(() -> new ApiException(ErrorCode.UNAVAILABLE, "No node can be reached."));
  }

  /**
   * Only values come from the client, so what Cassandra says of a statement is about those, or
   * about a change of the schema.
   */
  private static ApiException refused(String message) {
    if (message.equals(TOO_LARGE)) {
      return new ApiException(
              ErrorCode.LIMIT_EXCEEDED,
              "Cassandra takes no batch of so many bytes; nothing was written.")
          .with("limit", "batch_size_fail_threshold of Cassandra");
    }
    return SCHEMA_CHANGED.matcher(message).find()
        ? Preparation.changing()
        : new ApiException(ErrorCode.REFUSED_BY_CASSANDRA, message);
  }
}
