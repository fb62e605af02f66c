package dev.ringlet.request;

import dev.ringlet.config.ApiPath;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The path of a request below {@code /v1}: names and key values, each percent-decoded once (RFC
 * 3986). It is read from the request line as it came, for what routers and proxies call normal
 * would fold a key such as {@code ..} into another path.
 *
 * @param segments the keyspace, the table, and key values in primary key order; as many as there
 *     are
 */
public record ResourcePath(List<String> segments) {
  private static final Set<String> NOT_IN_A_PATH = Set.of("", ".", "..");
  private static final Set<String> OPENAPI = Set.of("openapi.json", "openapi.yaml");
  private static final String SLASH_AT_THE_END =
      "Leave out the slash at the end; a key value that is empty is given by a filter, column=eq.";
  private static final String FILTER =
      "A key value that cannot be in a path is given by a filter: column=eq.value";

  public ResourcePath {
    segments = List.copyOf(segments);
  }

  /**
   * @param raw the path of the request line, without the query
   * @throws ApiException {@link ErrorCode#INVALID_PATH}
   */
  public static ResourcePath parse(String raw) {
    if (!ApiPath.isIn(raw)) {
      throw new ApiException(
          ErrorCode.INVALID_PATH, "The path must start with " + ApiPath.ROOT + ".");
    }
    List<String> segments = new ArrayList<>();
    for (int start = ApiPath.ROOT.length(); start < raw.length(); ) {
      int end = raw.indexOf('/', start + 1);
      end = end < 0 ? raw.length() : end;
      segments.add(segment(raw.substring(start + 1, end), end == raw.length()));
      start = end;
    }
    return new ResourcePath(segments);
  }

  public String keyspace() {
    return segments.get(0);
  }

  public String table() {
    return segments.get(1);
  }

  /** Whether it names no table or keyspace, but the OpenAPI document of what is before. */
  public boolean isOpenApi() {
    return segments.size() <= 2
        && !segments.isEmpty()
        && OPENAPI.contains(segments.get(segments.size() - 1));
  }

  /** The values after keyspace and table. */
  public List<String> keys() {
    return segments.subList(2, segments.size());
  }

  private static String segment(String raw, boolean last) {
    String segment;
    try {
      segment = Percent.decode(raw, false);
    } catch (IllegalArgumentException e) {
      throw new ApiException(ErrorCode.INVALID_PATH, "A path segment " + e.getMessage() + ".")
          .with("segment", raw);
    }
    if (NOT_IN_A_PATH.contains(segment)) {
      throw new ApiException(
              ErrorCode.INVALID_PATH,
              "A path segment cannot be empty, \".\" or \"..\": clients and proxies fold such"
                  + " paths.")
          .with("segment", raw)
          .with("hint", last && raw.isEmpty() ? SLASH_AT_THE_END : FILTER);
    }
    return segment;
  }
}
