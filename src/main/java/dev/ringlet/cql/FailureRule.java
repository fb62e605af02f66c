package dev.ringlet.cql;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NodeUnavailableException;
import com.datastax.oss.driver.api.core.RequestThrottlingException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.connection.BusyConnectionException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.connection.ConnectionInitException;
import com.datastax.oss.driver.api.core.connection.CrcMismatchException;
import com.datastax.oss.driver.api.core.connection.FrameTooLongException;
import com.datastax.oss.driver.api.core.connection.HeartbeatException;
import com.datastax.oss.driver.api.core.servererrors.BootstrappingException;
import com.datastax.oss.driver.api.core.servererrors.CASWriteUnknownException;
import com.datastax.oss.driver.api.core.servererrors.CDCWriteFailureException;
import com.datastax.oss.driver.api.core.servererrors.FunctionFailureException;
import com.datastax.oss.driver.api.core.servererrors.OverloadedException;
import com.datastax.oss.driver.api.core.servererrors.ProtocolError;
import com.datastax.oss.driver.api.core.servererrors.ReadFailureException;
import com.datastax.oss.driver.api.core.servererrors.ReadTimeoutException;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import com.datastax.oss.driver.api.core.servererrors.SyntaxError;
import com.datastax.oss.driver.api.core.servererrors.TruncateException;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import com.datastax.oss.driver.api.core.servererrors.WriteFailureException;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import com.datastax.oss.driver.internal.core.adminrequest.UnexpectedResponseException;
import dev.ringlet.error.ErrorCode;
import java.util.List;

/**
 * What one kind of failure means. Who reads may meet the failure of a write as well: a read at a
 * serial level brings to an end what others have begun.
 *
 * @param read to who reads
 * @param write to who writes
 * @param detail what a caller is told
 */
record FailureRule(
    Class<? extends Throwable> type, ErrorCode read, ErrorCode write, String detail) {
  private static final String BROKEN = "The connection to Cassandra broke.";
  private static final String UNREADABLE = "Cassandra's answer could not be understood.";
  static final String NO_ANSWER = "Cassandra did not answer in time.";
  private static final String TOO_FEW = "Too few replicas answered in time.";

  /** In order: the first that fits counts. */
  static final List<FailureRule> TABLE =
      List.of(
          not(
              UnavailableException.class,
              ErrorCode.UNAVAILABLE,
              "Too few replicas are alive for the consistency level."),
          not(BootstrappingException.class, ErrorCode.UNAVAILABLE, "The node is starting."),
          not(OverloadedException.class, ErrorCode.OVERLOADED, "Cassandra is overloaded."),
          not(
              RequestThrottlingException.class,
              ErrorCode.OVERLOADED,
              "Too many requests wait for Cassandra."),
          not(
              BusyConnectionException.class,
              ErrorCode.OVERLOADED,
              "Too many requests wait for Cassandra."),
          not(NodeUnavailableException.class, ErrorCode.UNAVAILABLE, "No node can be reached."),
          not(ConnectionInitException.class, ErrorCode.UNAVAILABLE, "No node can be reached."),
          not(
              AuthenticationException.class,
              ErrorCode.NOT_CONNECTED,
              "Cassandra refuses this service's credentials."),
          not(
              UnauthorizedException.class,
              ErrorCode.FORBIDDEN,
              "This service's role may not do that in Cassandra."),
          not(
              FunctionFailureException.class,
              ErrorCode.REFUSED_BY_CASSANDRA,
              "A function failed in Cassandra."),
          not( // one that is older than those that Ringlet is made for
              SyntaxError.class,
              ErrorCode.REFUSED_BY_CASSANDRA,
              "This version of Cassandra does not know the CQL that this takes."),
          not(
              UnexpectedResponseException.class,
              ErrorCode.UNAVAILABLE,
              "The statement could not be prepared."),
          begun(DriverTimeoutException.class, ErrorCode.READ_TIMEOUT, NO_ANSWER),
          begun(ReadTimeoutException.class, ErrorCode.READ_TIMEOUT, TOO_FEW),
          begun(
              ReadFailureException.class,
              ErrorCode.UNAVAILABLE,
              "The read failed on its replicas."),
          begun(WriteTimeoutException.class, ErrorCode.READ_TIMEOUT, TOO_FEW),
          begun(
              WriteFailureException.class,
              ErrorCode.UNAVAILABLE,
              "A write failed on some replicas."),
          begun(
              CASWriteUnknownException.class,
              ErrorCode.UNAVAILABLE,
              "Cassandra does not know what became of a write to this partition."),
          begun(
              CDCWriteFailureException.class,
              ErrorCode.UNAVAILABLE,
              "A write failed on some replicas."),
          begun(TruncateException.class, ErrorCode.UNAVAILABLE, "Cassandra failed."),
          begun(ClosedConnectionException.class, ErrorCode.UNAVAILABLE, BROKEN),
          begun(HeartbeatException.class, ErrorCode.UNAVAILABLE, BROKEN),
          begun(CrcMismatchException.class, ErrorCode.UNAVAILABLE, BROKEN),
          begun(FrameTooLongException.class, ErrorCode.UNAVAILABLE, UNREADABLE),
          begun(UnreadableAnswerException.class, ErrorCode.UNAVAILABLE, UNREADABLE),
          begun(ProtocolError.class, ErrorCode.UNAVAILABLE, "Cassandra failed."),
          begun(ServerError.class, ErrorCode.UNAVAILABLE, "Cassandra failed."));

  /** A failure before anything was done. */
  private static FailureRule not(Class<? extends Throwable> type, ErrorCode code, String detail) {
    return new FailureRule(type, code, code, detail);
  }

  /** A failure after Cassandra may have begun: of a write, nobody knows the outcome. */
  private static FailureRule begun(Class<? extends Throwable> type, ErrorCode read, String detail) {
    return new FailureRule(type, read, ErrorCode.WRITE_OUTCOME_UNKNOWN, detail);
  }
}
