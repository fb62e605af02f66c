package dev.ringlet.config;

/** The names of headers that the libraries have none for: Ringlet's own, and some standard ones. */
public final class Headers {
  /** What all of Ringlet's own for Cassandra begin with. */
  public static final String CASSANDRA = "Cassandra-";

  public static final String CONSISTENCY = CASSANDRA + "Consistency";
  public static final String SERIAL_CONSISTENCY = CASSANDRA + "Serial-Consistency";
  public static final String TTL = CASSANDRA + "TTL";
  public static final String TIMESTAMP = CASSANDRA + "Timestamp";

  /** What a request is called, by its client, in its answer and in the log. */
  public static final String REQUEST_ID = "X-Request-Id";

  /** What carries an API key. */
  public static final String API_KEY = "X-API-Key";

  /** RFC 7240. */
  public static final String PREFER = "Prefer";

  public static final String PREFERENCE_APPLIED = "Preference-Applied";

  /** RFC 6454. */
  public static final String ORIGIN = "Origin";

  /** W3C. */
  public static final String SERVER_TIMING = "Server-Timing";

  /** RFC 5789, section 3.1. */
  public static final String ACCEPT_PATCH = "Accept-Patch";

  /** Linked Data Platform, section 7.1. */
  public static final String ACCEPT_POST = "Accept-Post";

  private Headers() {}
}
