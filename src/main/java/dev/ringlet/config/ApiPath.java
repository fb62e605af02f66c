package dev.ringlet.config;

/** The paths of the API, as templates of what they name. */
public final class ApiPath {
  public static final String ROOT = "/v1";
  public static final String KEYSPACE_SEGMENT = "{keyspace}";
  public static final String KEYSPACE = ROOT + "/" + KEYSPACE_SEGMENT;
  public static final String TABLE = KEYSPACE + "/{table}";
  public static final String KEY = TABLE + "/{key}";

  /** The same for the router: a key has as many segments as there are values. */
  public static final String KEY_SEGMENTS = TABLE + "/{key: .+}";

  /** The OpenAPI documents: of everything, and of a keyspace. */
  public static final String OPENAPI = "openapi.{form}";

  /** The same for the router; no keyspace and no table has a point in its name. */
  public static final String OPENAPI_SEGMENT = "openapi.{form: json|yaml}";

  public static final String OPENAPI_OF_KEYSPACE = KEYSPACE + "/" + OPENAPI_SEGMENT;

  /** The same for people. */
  public static final String EXAMPLE = TABLE + "/{key…}";

  private ApiPath() {}

  /** Whether a path is one of the API. */
  public static boolean isIn(String path) {
    return path.equals(ROOT) || path.startsWith(ROOT + "/");
  }
}
