package dev.ringlet.error;

import java.util.Locale;

/**
 * Every error a caller can meet: its stable code, its HTTP status and its title. Nothing else in
 * Ringlet decides on the status of an error.
 */
public enum ErrorCode {
  INVALID_PATH(400, "The path cannot be read"),
  INVALID_PARAMETER(400, "A query parameter is not understood"),
  INVALID_FILTER(400, "A filter is not understood"),
  INVALID_ORDER(400, "Cassandra cannot give this order"),
  INVALID_PAGE_TOKEN(400, "The page token is not valid here"),
  INVALID_PREFERENCE(400, "A preference is not understood"),
  INVALID_HEADER(400, "A header is not understood"),
  MALFORMED_REQUEST(400, "The request is no HTTP"),
  INVALID_BODY(400, "The body is not whole"),
  UNEXPECTED_BODY(400, "The method takes no body"),
  INVALID_JSON(400, "The body is not valid JSON"),
  INVALID_OPERATION(400, "An operation of the batch is not understood"),
  INVALID_CSV(400, "The body is not valid CSV"),
  INVALID_EVENT(400, "The CloudEvent is not valid"),
  INVALID_VALUE(400, "A value does not fit its column"),
  UNKNOWN_COLUMN(400, "The table has no such column"),
  INCOMPLETE_PRIMARY_KEY(400, "Primary key columns are missing"),
  PARTITION_KEY_REQUIRED(400, "Neither the key nor an index finds the rows"),
  TOO_MANY_KEYS(400, "The path has more values than the primary key has columns"),
  KEY_MISMATCH(400, "The body and the path disagree about the primary key"),
  NO_COLUMNS(400, "The body names no column to write"),
  CONDITION_NOT_POSSIBLE(400, "CQL cannot check this condition"),
  LIMIT_EXCEEDED(400, "A limit is exceeded"),
  REFUSED_BY_CASSANDRA(400, "Cassandra refused the request"),
  UNAUTHENTICATED(401, "Credentials are missing or not good"),
  FORBIDDEN(403, "Not allowed"),
  NOT_FOUND(404, "No such resource"),
  UNKNOWN_KEYSPACE(404, "No such keyspace"),
  UNKNOWN_TABLE(404, "No such table"),
  ROW_NOT_FOUND(404, "No such row"),
  METHOD_NOT_ALLOWED(405, "The resource does not take this method"),
  NOT_ACCEPTABLE(406, "No representation that the client accepts"),
  BODY_TOO_SLOW(408, "The body did not come in time"),
  CONDITION_FAILED(412, "The condition does not hold"),
  BODY_TOO_LARGE(413, "The body is too large"),
  URI_TOO_LONG(414, "The request line is too long"),
  UNSUPPORTED_MEDIA_TYPE(415, "The media type of the body is not understood"),
  UNSUPPORTED_CONTENT_CODING(415, "The content coding of the body is not understood"),
  MISDIRECTED_REQUEST(421, "The request is for another host"),
  RATE_LIMITED(429, "Too many requests of this caller"),
  HEADERS_TOO_LARGE(431, "The headers are too large"),
  INTERNAL(500, "Internal error"),
  NOT_CONNECTED(503, "Not connected to Cassandra"),
  NOT_READY_TO_AUTHENTICATE(503, "Credentials cannot be checked yet"),
  CLOCK_WRONG(503, "The clock cannot be trusted"),
  UNAVAILABLE(503, "Not enough replicas are available"),
  OVERLOADED(503, "Too busy"),
  SCHEMA_CHANGING(503, "The table is being altered"),
  SHUTTING_DOWN(503, "This instance is ending"),
  READ_TIMEOUT(504, "Cassandra did not answer in time"),
  WRITE_OUTCOME_UNKNOWN(504, "The write may or may not have been done"),
  HTTP_VERSION_NOT_SUPPORTED(505, "No such version of HTTP");

  private final int status;
  private final String title;
  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  ErrorCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The stable name that clients see, in kebab-case. */
  public String code() {
    return code;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }
}
