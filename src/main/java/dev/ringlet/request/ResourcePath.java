package dev.ringlet.request;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
  private static final String ROOT = "/v1";
  private static final Set<String> NOT_IN_A_PATH = Set.of("", ".", "..");

  public ResourcePath {
    segments = List.copyOf(segments);
  }

  /**
   * @param raw the path of the request line, without the query
   * @param query the query, or null
   * @throws ApiException {@link ErrorCode#INVALID_PATH}, {@link ErrorCode#INVALID_PARAMETER}
   */
  public static ResourcePath parse(String raw, String query) {
    if (query != null && !query.isEmpty()) {
      String name = query.split("[=&]", 2)[0];
      throw new ApiException(
              ErrorCode.INVALID_PARAMETER, "There is no parameter " + name + " here.")
          .with("parameter", name);
    }
    if (!raw.equals(ROOT) && !raw.startsWith(ROOT + "/")) {
      throw new ApiException(ErrorCode.INVALID_PATH, "The path must start with " + ROOT + ".");
    }
    List<String> segments = new ArrayList<>();
    for (int start = ROOT.length(); start < raw.length(); ) {
      int end = raw.indexOf('/', start + 1);
      end = end < 0 ? raw.length() : end;
      segments.add(segment(raw.substring(start + 1, end)));
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

  /** The values after keyspace and table. */
  public List<String> keys() {
    return segments.subList(2, segments.size());
  }

  private static String segment(String raw) {
    String segment = decode(raw);
    if (NOT_IN_A_PATH.contains(segment)) {
      throw new ApiException(
              ErrorCode.INVALID_PATH,
              "A path segment cannot be empty, \".\" or \"..\": clients and proxies fold such paths.")
          .with("segment", raw);
    }
    return segment;
  }

  private static String decode(String raw) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        bytes.write(octet(raw, i));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new ApiException(ErrorCode.INVALID_PATH, "A path segment is not UTF-8.")
          .with("segment", raw);
    }
  }

  private static int octet(String raw, int percent) {
    int high = percent + 2 < raw.length() ? Character.digit(raw.charAt(percent + 1), 16) : -1;
    int low = percent + 2 < raw.length() ? Character.digit(raw.charAt(percent + 2), 16) : -1;
    if (high < 0 || low < 0) {
      throw new ApiException(ErrorCode.INVALID_PATH, "A % in a path starts two hexadecimal digits.")
          .with("segment", raw);
    }
    return high << 4 | low;
  }
}
