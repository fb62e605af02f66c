package dev.ringlet.request;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;

/** Reads the query of a request that takes no filters, and one parameter at most. */
public final class LoneParameter {
  private LoneParameter() {}

  /**
   * For requests that take no query.
   *
   * @param raw the query as in the request line, or null
   * @throws ApiException {@link ErrorCode#INVALID_PARAMETER}
   */
  public static void requireNone(String raw) {
    if (!isNone(raw)) {
      throw Parameters.NONE.absent(name(raw));
    }
  }

  /**
   * For OpenAPI documents: whether their schemas are to have every form of a value.
   *
   * @param raw as of {@link #requireNone}
   * @throws ApiException {@link ErrorCode#INVALID_PARAMETER}
   */
  public static boolean allForms(String raw) {
    if (isNone(raw)) {
      return false;
    }
    if (!raw.equals("forms=all")) {
      throw refused(Parameters.OF_DOCUMENT, raw, "The only parameter of a document is forms=all.");
    }
    return true;
  }

  /**
   * For a batch: whether it is explained.
   *
   * @param raw as of {@link #requireNone}
   * @throws ApiException {@link ErrorCode#INVALID_PARAMETER}
   */
  public static boolean explain(String raw) {
    if (isNone(raw) || raw.equals("explain=false")) {
      return false;
    }
    if (!raw.equals("explain=true")) {
      throw refused(Parameters.OF_BATCH, raw, "The parameter explain is true or false, and alone.");
    }
    return true;
  }

  private static boolean isNone(String raw) {
    return raw == null || raw.isEmpty();
  }

  private static String name(String raw) {
    return raw.split("[=&]", 2)[0];
  }

  private static ApiException refused(Parameters parameters, String raw, String detail) {
    String name = name(raw);
    return parameters.has(name)
        ? new ApiException(ErrorCode.INVALID_PARAMETER, detail).with("parameter", name)
        : parameters.absent(name);
  }
}
