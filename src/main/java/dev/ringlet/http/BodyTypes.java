package dev.ringlet.http;

import dev.ringlet.config.ApiPath;
import dev.ringlet.config.CsvForm;
import dev.ringlet.config.Headers;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.HeaderElement;
import dev.ringlet.header.MediaTypeHints;
import dev.ringlet.header.RowFormat;
import dev.ringlet.request.RowsQuery;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The media types of bodies: which a method takes, and how answers say so. */
final class BodyTypes {
  private static final Map<String, List<String>> OF_METHODS =
      Map.of("PUT", List.of(RowFormat.JSON), "PATCH", RowFormat.PATCHES, "POST", RowFormat.POSTED);

  private static final Map<String, String> HEADERS =
      Map.of("PATCH", Headers.ACCEPT_PATCH, "POST", Headers.ACCEPT_POST);

  private BodyTypes() {}

  /** The methods that say in a header of their own what they take. */
  static List<String> announced(List<String> methods) {
    return methods.stream().filter(HEADERS::containsKey).toList();
  }

  /** That header, or the one that goes with every method. */
  static String header(String method) {
    return HEADERS.getOrDefault(method, "Accept");
  }

  static String of(HttpServerRequest http, String method) {
    String types = String.join(", ", accepted(http, method));
    return method.equals("POST") && !isBatch(http)
        ? types + ", " + String.join(", ", RowFormat.DIALECTS)
        : types;
  }

  private static boolean isBatch(HttpServerRequest http) {
    return http.path().equals(ApiPath.ROOT);
  }

  /** A batch is JSON alone. */
  private static List<String> accepted(HttpServerRequest http, String method) {
    return isBatch(http)
        ? List.of(RowFormat.JSON)
        : OF_METHODS.getOrDefault(method, List.of(RowFormat.JSON));
  }

  /**
   * A page in a browser may send a body to any host without being asked about it, if the body has
   * no type or one of three that no resource takes (Fetch, section 2.2.2). The router takes a body
   * without a type for one of any, and passes over parameters.
   */
  static void require(HttpServerRequest http) {
    List<String> types = http.headers().getAll(HttpHeaders.CONTENT_TYPE);
    if (types.size() != 1 || types.get(0).isBlank() || types.get(0).contains("*")) {
      throw refusal(http);
    }
    unknownParameter(types.get(0))
        .ifPresent(
            parameter -> {
              throw refusal(http)
                  .with("parameter", parameter)
                  .with(
                      "hint",
                      RowFormat.values(parameter)
                          .orElse(
                              "The type of a body has no parameter but charset; CSV has more."));
            });
  }

  private static Optional<String> unknownParameter(String type) {
    try {
      return RowFormat.unknownParameter(type);
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  /**
   * The form of CSV in a body.
   *
   * @throws ApiException {@link ErrorCode#UNSUPPORTED_MEDIA_TYPE} if it has no header line and the
   *     query names no columns, {@link ErrorCode#INVALID_PARAMETER} if it has both
   */
  static CsvForm csv(HttpServerRequest http, RowsQuery query) {
    require(http);
    CsvForm form = RowFormat.csv(HeaderElement.of(http.getHeader(HttpHeaders.CONTENT_TYPE)));
    if (!form.header() && query.columns().isEmpty()) {
      throw refusal(http)
          .with("parameter", "header")
          .with("hint", "The columns of CSV without a header line are in the query: ?columns=a,b");
    }
    requireNoColumns(query, form.header());
    return form;
  }

  /**
   * @param named whether the body names its columns itself
   * @throws ApiException {@link ErrorCode#INVALID_PARAMETER}
   */
  static void requireNoColumns(RowsQuery query, boolean named) {
    if (named && query.columns().isPresent()) {
      throw new ApiException(
              ErrorCode.INVALID_PARAMETER,
              "The parameter columns is for CSV without a header line: text/csv;header=absent.")
          .with("parameter", "columns");
    }
  }

  /**
   * A stream of rows has no end that its explanation could wait for.
   *
   * @throws ApiException {@link ErrorCode#INVALID_PARAMETER}
   */
  static void requireNotExplained(RowsQuery query) {
    if (query.explain()) {
      throw new ApiException(
              ErrorCode.INVALID_PARAMETER,
              "The parameter explain is for one row or an array of rows, in JSON.")
          .with("parameter", "explain");
    }
  }

  /** A body has another type than those that the method takes. */
  static ApiException refusal(HttpServerRequest http) {
    List<String> accepted = accepted(http, http.method().name());
    return new ApiException(
            ErrorCode.UNSUPPORTED_MEDIA_TYPE,
            "The body must be %s: send the header Content-Type."
                .formatted(String.join(" or ", accepted)))
        .with("accepted", accepted)
        .hint(MediaTypeHints.of(http.getHeader(HttpHeaders.CONTENT_TYPE), accepted));
  }

  /**
   * A DELETE that deletes more than its body seems to say would be worse than none; a body of GET,
   * HEAD or OPTIONS means nothing, and nobody reads it.
   *
   * @throws ApiException {@link ErrorCode#UNEXPECTED_BODY} if its head says that there is one
   */
  static void requireNone(HttpServerRequest http) {
    String length = http.getHeader(HttpHeaders.CONTENT_LENGTH);
    if ((length != null && !length.equals("0"))
        || http.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
      throw unexpected();
    }
  }

  static ApiException unexpected() {
    return new ApiException(ErrorCode.UNEXPECTED_BODY, "DELETE takes no body.");
  }
}
