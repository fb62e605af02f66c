package dev.ringlet.request;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.util.Optional;

/**
 * The path of an operation of a batch, which is read as one of a request line. What may not stand
 * in one as it is, need not be percent-encoded here.
 *
 * @param query as it came
 */
public record OperationPath(ResourcePath resource, Optional<String> query) {
  /** What a request line has room for. A path may have keys that none has. */
  private static final int LONGEST_QUERY = 32_768;

  /**
   * @param raw with its query
   * @throws ApiException {@link ErrorCode#INVALID_PATH}, {@link ErrorCode#INVALID_OPERATION} if it
   *     names no table, {@link ErrorCode#LIMIT_EXCEEDED}
   */
  public static OperationPath of(String raw) {
    String[] parts = octets(raw).split("\\?", 2);
    if (parts.length > 1 && parts[1].length() > LONGEST_QUERY) {
      throw new ApiException(
              ErrorCode.LIMIT_EXCEEDED,
              "The query of an operation has 32 KiB at most, as that of a request.")
          .with("limit", "quarkus.http.limits.max-initial-line-length");
    }
    ResourcePath resource = ResourcePath.parse(parts[0]);
    if (resource.segments().size() < 2) {
      throw new ApiException(
          ErrorCode.INVALID_OPERATION, "The path of an operation names a table, and a key.");
    }
    return new OperationPath(resource, parts.length > 1 ? Optional.of(parts[1]) : Optional.empty());
  }

  private static String octets(String raw) {
    try {
      return Percent.octets(raw);
    } catch (IllegalArgumentException e) {
      throw new ApiException(
          ErrorCode.INVALID_PATH, "The path of an operation " + e.getMessage() + ".");
    }
  }
}
