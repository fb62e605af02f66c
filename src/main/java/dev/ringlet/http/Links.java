package dev.ringlet.http;

import dev.ringlet.config.ApiPath;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.protocol.ForwardedPrefix;
import dev.ringlet.protocol.TargetLength;
import dev.ringlet.request.Percent;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Paths in answers, relative to the address of the request. They begin with what a proxy has cut
 * off, where the server is told to believe proxies.
 */
@Singleton
final class Links {
  /** Proxies and clients fold such segments. */
  private static final Set<String> NOT_IN_A_PATH = Set.of("", ".", "..");

  /** For the other headers of a client that follows a link. */
  private static final int OTHERS = 4096;

  private final long mostOfHttp2;

  Links(@ConfigProperty(name = "quarkus.http.limits.max-header-list-size") long headerList) {
    this.mostOfHttp2 = headerList - OTHERS;
  }

  /**
   * The row with these key values, if they can stand in a path that is not too long.
   *
   * @param names the keyspace and the table
   */
  static Optional<String> location(HttpServerRequest http, List<String> names, List<String> keys) {
    if (keys.stream().anyMatch(NOT_IN_A_PATH::contains)) {
      return Optional.empty();
    }
    String path =
        Stream.concat(names.stream(), keys.stream())
            .map(segment -> URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
            .collect(Collectors.joining("/", ApiPath.ROOT + "/", ""));
    return TargetLength.isTooLong(path)
        ? Optional.empty()
        : Optional.of(ForwardedPrefix.of(http) + path);
  }

  /** Of what is below {@code /v1}. */
  static String root(HttpServerRequest http) {
    return ForwardedPrefix.of(http) + ApiPath.ROOT;
  }

  /**
   * The same address with another {@code after}.
   *
   * @throws ApiException {@link ErrorCode#LIMIT_EXCEEDED} if the client could not follow it: by
   *     HTTP/2, the head of a request has less room than a token may need
   */
  String next(HttpServerRequest http, String token) {
    String query = http.query() == null ? "" : http.query();
    Stream<String> others =
        Arrays.stream(query.split("&", -1))
            .filter(
                parameter ->
                    !parameter.isEmpty()
                        && !Percent.decode(parameter.split("=", 2)[0], true).equals("after"));
    String target =
        http.path()
            + "?"
            + Stream.concat(others, Stream.of("after=" + token)).collect(Collectors.joining("&"));
    if (http.version() == HttpVersion.HTTP_2 && target.length() > mostOfHttp2) {
      throw new ApiException(
              ErrorCode.LIMIT_EXCEEDED,
              "The keys are too long for a link to the next page by HTTP/2: use HTTP/1.1, NDJSON or"
                  + " CSV.")
          .with("limit", "quarkus.http.limits.max-header-list-size");
    }
    return ForwardedPrefix.of(http) + target;
  }
}
