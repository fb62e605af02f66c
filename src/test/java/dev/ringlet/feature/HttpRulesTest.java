package dev.ringlet.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.header.RowFormat;
import dev.ringlet.local.RawHttp;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What RFC 9110, 9111, 9112, 9113 and 5789 say a server must or should do, for the methods and
 * headers that are taken or given; by HTTP/2 in {@link Http2RulesTest}.
 */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
@SuppressWarnings("StringConcatToTextBlock") // a request is one line
class HttpRulesTest {
  private static final Pattern DATE = Pattern.compile("\nDate: (.*)\n", Pattern.CASE_INSENSITIVE);
  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);
  private static final String CACHED =
      "Cache-Control: no-cache & Vary: Accept, Accept-Encoding, Prefer, Cassandra-Consistency,"
          + " Authorization, X-API-Key";
  private static final String UNCACHED = "!Cache-Control & !Vary";
  private static final String MALFORMED =
      "400 & \"code\":\"malformed-request\" & Connection: close";
  private static final String TAG = "\"AAAAAAAAAAAAAAAAAAAAAA\"";

  /**
   * A rule.
   *
   * @param request its lines, without a last empty one if it has no body; it closes its connection
   * @param answer the parts that are in it; one that begins with an exclamation mark is not in it
   */
  record Rule(String section, String says, String request, String answer) {
    @Override
    public String toString() {
      return section + ": " + says + " | " + request.lines().findFirst().orElseThrow();
    }
  }

  private static String row;
  private static String table;
  private static String partition;
  private static String tag;

  @BeforeAll
  static void write() throws IOException {
    Cassandra.awaitConnected();
    String keyspace =
        Cassandra.keyspace(
            "rules",
            "CREATE TABLE $ks.t (key text PRIMARY KEY, value text)",
            "CREATE TABLE $ks.s (p int, c int, v text, PRIMARY KEY (p, c))");
    Cassandra.execute("INSERT INTO " + keyspace + ".t (key, value) VALUES ('k', 'v')");
    Cassandra.execute("INSERT INTO " + keyspace + ".s (p, c, v) VALUES (1, 1, 'v')");
    table = "/v1/" + keyspace + "/t";
    row = table + "/k";
    partition = "/v1/" + keyspace + "/s/1";
    Matcher etag =
        Pattern.compile("(?i)ETag: (\".*\")").matcher(answer("GET $row HTTP/1.1\nHost: x"));
    assertTrue(etag.find());
    tag = etag.group(1);
  }

  private static Rule rule(String section, String says, String request, String answer) {
    return new Rule(section, says, request, answer);
  }

  private static String get(String header) {
    return "GET $row HTTP/1.1\nHost: x\n" + header;
  }

  private static String put(String type) {
    return "PUT $row HTTP/1.1\nHost: x\nContent-Type: "
        + type
        + "\nContent-Length: 13\n\n{\"value\":\"v\"}";
  }

  private static String post(String type, String body) {
    return "POST $table HTTP/1.1\nHost: x\nContent-Type: %s\nContent-Length: %d\n\n%s"
        .formatted(type, body.length(), body);
  }

  static Stream<Rule> rules() {
    return Stream.of(
            methods(), conditions(), negotiation(), lists(), types(), caching(), heads(), bodies())
        .flatMap(rules -> rules);
  }

  private static Stream<Rule> methods() {
    return Stream.of(
        rule(
            "9110 9.3.2",
            "HEAD has the fields of GET",
            "HEAD $row HTTP/1.1\nHost: x",
            "200 & ETag: & Content-Length: 23 & !{"),
        rule(
            "9110 9.3.7",
            "OPTIONS says what is possible",
            "OPTIONS $row HTTP/1.1\nHost: x",
            "204 & Allow: GET, HEAD, OPTIONS, PUT, PATCH, DELETE & !Content-Length"),
        rule(
            "9110 15.5.6",
            "405 has Allow",
            "POST $row HTTP/1.1\nHost: x",
            "405 & Allow: GET, HEAD, OPTIONS, PUT, PATCH, DELETE"),
        rule(
            "5789 3.1",
            "OPTIONS has Accept-Patch",
            "OPTIONS $row HTTP/1.1\nHost: x",
            "Accept-Patch: application/json, application/merge-patch+json & !Accept-Post"),
        rule(
            "LDP 7.1",
            "OPTIONS has Accept-Post",
            "OPTIONS $table HTTP/1.1\nHost: x",
            "Accept-Post: " + String.join(", ", RowFormat.POSTED)),
        rule(
            "5789 2.2",
            "415 of PATCH has Accept-Patch",
            put("text/plain").replaceFirst("PUT", "PATCH"),
            "415 & Accept-Patch: application/json, application/merge-patch+json"),
        rule(
            "9110 15.5.16",
            "415 of POST says what is taken",
            post("text/plain", "x"),
            "415 & Accept-Post: " + String.join(", ", RowFormat.POSTED)),
        rule(
            "9110 15.5.16",
            "415 of PUT says what is taken",
            put("text/plain"),
            "415 & Accept: application/json"),
        rule(
            "9110 9.3.5",
            "DELETE may refuse a body",
            "DELETE $table/none HTTP/1.1\nHost: x\nContent-Length: 2\n\n{}",
            "400 & \"code\":\"unexpected-body\""),
        rule(
            "9110 9.3.5",
            "but an empty one is none",
            "DELETE $table/none HTTP/1.1\nHost: x\nContent-Length: 0",
            "204"),
        rule(
            "9110 9.3.1",
            "a body of GET means nothing",
            "GET $row HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n2\n{}\n0\n\n",
            "200"),
        rule(
            "9110 9.3.2",
            "nor one of HEAD",
            "HEAD $row HTTP/1.1\nHost: x\nContent-Length: 2\n\n{}",
            "200"),
        rule(
            "9110 9.3.7",
            "nor one of OPTIONS",
            "OPTIONS $row HTTP/1.1\nHost: x\nContent-Length: 2\n\n{}",
            "204"));
  }

  private static Stream<Rule> conditions() {
    return Stream.of(
        rule(
            "9110 13.1.1",
            "a false If-Match is a 412",
            get("If-Match: " + TAG),
            "412 & \"code\":\"condition-failed\" & ETag: $tag"),
        rule(
            "9110 13.1.1",
            "of HEAD as well",
            get("If-Match: " + TAG).replaceFirst("GET", "HEAD"),
            "412"),
        rule("9110 13.1.1", "a true one is not", get("If-Match: \"x\", $tag"), "200"),
        rule("9110 13.1.1", "nor is * where there is a row", get("If-Match: *"), "200"),
        rule("9110 13.1.1", "its comparison is strong", get("If-Match: W/$tag"), "412"),
        rule(
            "9110 13.1.1",
            "what has no tag has none of these",
            "GET $partition HTTP/1.1\nHost: x\nIf-Match: " + TAG,
            "412"),
        rule(
            "9110 13.1.1",
            "of a stream as well",
            "GET $partition HTTP/1.1\nHost: x\nAccept: text/csv\nIf-Match: " + TAG,
            "412"),
        rule(
            "9110 13.1.1",
            "and of a description",
            "GET /v1 HTTP/1.1\nHost: x\nIf-Match: " + TAG,
            "412"),
        rule(
            "9110 13.1.2",
            "If-None-Match with its tag is a 304",
            get("If-None-Match: $tag"),
            "304 & ETag: $tag & " + CACHED),
        rule("9110 13.1.2", "its comparison is weak", get("If-None-Match: W/$tag"), "304"),
        rule("9110 13.1.2", "another tag is none", get("If-None-Match: " + TAG), "200"),
        rule(
            "9110 13.1.2",
            "* is whatever there is",
            "GET $partition HTTP/1.1\nHost: x\nIf-None-Match: *",
            "304"),
        rule(
            "9110 13.1.2",
            "of a stream as well",
            "GET $partition HTTP/1.1\nHost: x\nAccept: application/x-ndjson\nIf-None-Match: *",
            "304"),
        rule(
            "9110 13.2.2",
            "If-Match goes first",
            get("If-Match: " + TAG + "\nIf-None-Match: $tag"),
            "412"),
        rule(
            "9110 13.2.2",
            "and If-None-Match after it",
            get("If-Match: $tag\nIf-None-Match: $tag"),
            "304"),
        rule(
            "9110 13.2.1",
            "without a row they mean nothing",
            "GET $table/none HTTP/1.1\nHost: x\nIf-Match: *\nIf-None-Match: *",
            "404"),
        rule(
            "9110 13.2.1",
            "nor do they for OPTIONS",
            "OPTIONS $row HTTP/1.1\nHost: x\nIf-Match: " + TAG,
            "204"),
        rule(
            "9110 13.1.3",
            "without a date If-Modified-Since is ignored",
            get("If-Modified-Since: Sun, 06 Nov 2050 08:49:37 GMT"),
            "200"),
        rule(
            "9110 13.1.4",
            "and If-Unmodified-Since",
            get("If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT"),
            "200"),
        rule(
            "9110 13.1.4",
            "of a write as well",
            put("application/json\nIf-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT"),
            "204"),
        rule(
            "9110 14.2",
            "Range may be ignored",
            get("Range: bytes=0-1"),
            "200 & Content-Length: 23"),
        rule(
            "9110 8.8.3",
            "a tag has quotes",
            get("If-Match: nope"),
            "400 & \"header\":\"If-Match\""));
  }

  private static Stream<Rule> negotiation() {
    return Stream.of(
        rule(
            "9110 12.5.1",
            "an empty Accept is none",
            get("Accept: "),
            "200 & Content-Type: application/json"),
        rule(
            "9110 12.5.1",
            "the most exact range counts",
            get("Accept: */*, application/json;q=0"),
            "200 & Content-Type: application/x-ndjson"),
        rule(
            "9110 12.5.1",
            "and the greatest weight",
            get("Accept: application/json;q=0.2, text/csv;q=0.9, */*;q=0.1"),
            "200 & Content-Type: text/csv"),
        rule(
            "9110 12.5.1",
            "types have no case",
            get("Accept: TEXT/CSV"),
            "200 & Content-Type: text/csv"),
        rule("9110 12.5.1", "nothing is a 406", get("Accept: image/png"), "406 & \"available\":["),
        rule(
            "9110 12.5.1",
            "of descriptions as well",
            "GET /v1 HTTP/1.1\nHost: x\nAccept: text/csv",
            "406 & \"available\":[\"application/json\"]"),
        rule(
            "9110 8.3.2",
            "another charset is another representation",
            get("Accept: application/json;charset=iso-8859-1"),
            "406"),
        rule("9110 8.3.2", "this is it", get("Accept: application/json; charset=\"UTF-8\""), "200"),
        rule(
            "4180 3",
            "CSV may have no header line",
            get("Accept: text/csv;header=absent"),
            "200 & header=absent"),
        rule(
            "9110 8.4.1",
            "codings have no case",
            get("Accept: text/csv\nAccept-Encoding: GZIP"),
            "200 & Content-Encoding: gzip"),
        rule(
            "9110 8.4.1.3",
            "x-gzip is gzip",
            get("Accept: text/csv\nAccept-Encoding: x-gzip"),
            "200 & Content-Encoding: gzip"),
        rule(
            "9110 12.5.3",
            "* is any",
            get("Accept: text/csv\nAccept-Encoding: *"),
            "200 & Content-Encoding: gzip"),
        rule(
            "9110 12.5.3",
            "a weight of 0 is a no",
            get("Accept: text/csv\nAccept-Encoding: *, gzip;q=0"),
            "200 & !Content-Encoding"),
        rule(
            "9110 12.5.3",
            "identity may be wanted more",
            get("Accept: text/csv\nAccept-Encoding: identity, gzip;q=0.5"),
            "200 & !Content-Encoding"),
        rule(
            "9110 12.5.3",
            "or not at all",
            get("Accept-Encoding: identity;q=0, gzip"),
            "200 & Content-Encoding: gzip"),
        rule("9110 12.5.3", "and then there may be nothing", get("Accept-Encoding: *;q=0"), "406"));
  }

  private static Stream<Rule> lists() {
    return Stream.of(
        rule(
            "9110 5.6.1.2",
            "empty elements are ignored in Accept",
            get("Accept: application/json,,text/csv"),
            "200 & Content-Type: application/json"),
        rule("9110 5.6.1.2", "and there may be nothing else", get("Accept: , ,\t,"), "200"),
        rule(
            "9110 5.6.1.2",
            "in Accept-Encoding",
            get("Accept: text/csv\nAccept-Encoding: ,,gzip"),
            "200 & Content-Encoding: gzip"),
        rule("9110 5.6.1.2", "in If-None-Match", get("If-None-Match: ,\"x\",, $tag,"), "304"),
        rule("9110 5.6.1.2", "in If-Match", put("application/json\nIf-Match: ,, $tag , "), "204"),
        rule(
            "9110 5.6.1.2",
            "in Prefer",
            get("Prefer: ,, numbers=json,"),
            "200 & Preference-Applied: numbers=json"),
        rule(
            "9110 5.6.1.2",
            "in Content-Encoding",
            put("application/json\nContent-Encoding: , identity,"),
            "204"),
        rule(
            "9110 5.6.1.2",
            "in Connection",
            get("Connection: ,, close"),
            "200 & Connection: close"),
        rule(
            "9110 5.6.4",
            "a comma in quotes is none of the list's",
            get("Accept: text/html;x=\"a,b\", text/csv"),
            "200 & Content-Type: text/csv"),
        rule(
            "9110 5.6.4",
            "in Prefer as well",
            get("Prefer: x=\"a, wait=0, b\", numbers=json"),
            "200 & Preference-Applied: numbers=json"),
        rule(
            "9110 5.6.4",
            "a quote may be escaped",
            get("Accept: text/html;x=\"\\\",\", text/csv"),
            "200 & Content-Type: text/csv"),
        rule(
            "9110 5.3",
            "several lines are one list",
            get("Accept: text/html\nAccept: text/csv"),
            "200 & Content-Type: text/csv"),
        rule(
            "9110 5.3",
            "of Prefer as well",
            get("Prefer: x\nPrefer: numbers=json"),
            "Preference-Applied: numbers=json"),
        rule(
            "9110 5.3",
            "and of If-None-Match",
            get("If-None-Match: \"x\"\nIf-None-Match: $tag"),
            "304"));
  }

  private static Stream<Rule> types() {
    return Stream.of(
        rule("9110 8.3.2", "utf-8 has no case", put("application/json; charset=UTF-8"), "204"),
        rule("9110 5.6.6", "and may be quoted", put("application/json;charset=\"Utf-8\""), "204"),
        rule(
            "9110 15.5.16",
            "another charset is a 415",
            put("application/json; charset=iso-8859-1"),
            "415 & \"parameter\":\"charset\""),
        rule(
            "9110 15.5.16",
            "of PATCH as well",
            put("application/merge-patch+json;charset=latin1").replaceFirst("PUT", "PATCH"),
            "415"),
        rule(
            "9110 15.5.16",
            "of CSV as well",
            post("text/csv; charset=iso-8859-1", "key\r\nx"),
            "415"),
        rule(
            "9110 15.5.16",
            "and of NDJSON",
            post("application/x-ndjson;charset=utf-16", "{\"key\":\"x\"}"),
            "415"),
        rule(
            "4180 3",
            "CSV has a header line",
            post("text/csv;header=absent", "x,y"),
            "415 & \"parameter\":\"header\""),
        rule(
            "4180 3",
            "and may say so",
            post("text/csv; header=present", "key,value\r\nc,v"),
            "200 & \"written\":1"),
        rule(
            "9110 8.3.1",
            "a parameter may mean another form",
            put("application/json;version=2"),
            "415 & \"parameter\":\"version\""));
  }

  private static Stream<Rule> caching() {
    return Stream.of(
        rule("9111 4.2.2", "a row", "GET $row HTTP/1.1\nHost: x", CACHED),
        rule("9111 4.2.2", "a page", "GET $partition HTTP/1.1\nHost: x", CACHED),
        rule(
            "9111 4.2.2", "a stream", "GET $partition HTTP/1.1\nHost: x\nAccept: text/csv", CACHED),
        rule("9111 4.2.2", "an explanation", "GET $row?explain=true HTTP/1.1\nHost: x", CACHED),
        rule("9111 4.2.2", "the keyspaces", "GET /v1 HTTP/1.1\nHost: x", CACHED),
        rule(
            "9110 15.5.5",
            "a 404 of a row",
            "GET $table/none HTTP/1.1\nHost: x",
            "404 & " + CACHED),
        rule(
            "9110 15.5.5",
            "a 404 of a table",
            "GET /v1/none/none/x HTTP/1.1\nHost: x",
            "404 & " + CACHED),
        rule(
            "9110 15.5.5",
            "a 404 of anything",
            "HEAD /favicon.ico HTTP/1.1\nHost: x",
            "404 & " + CACHED),
        rule("9110 15.5.6", "a 405", "DELETE /v1 HTTP/1.1\nHost: x", "405 & " + CACHED),
        rule(
            "9110 15.5.15",
            "a 414",
            "GET /v1/" + "x".repeat(300_000) + " HTTP/1.1\nHost: x",
            "414 & \"code\":\"uri-too-long\" & Connection: close & " + CACHED),
        rule(
            "9110 15.5.1",
            "a 400 is not kept",
            "GET $table HTTP/1.1\nHost: x",
            "400 & " + UNCACHED),
        rule("9110 15.5.13", "nor is a 412", get("If-Match: " + TAG), "412 & " + UNCACHED),
        rule("9111 3", "nor is what was written", put("application/json"), "204 & " + UNCACHED),
        rule(
            "9111 3",
            "nor what is possible",
            "OPTIONS $row HTTP/1.1\nHost: x",
            "204 & " + UNCACHED));
  }

  private static Stream<Rule> heads() {
    return Stream.of(
        rule("9112 3", "a request line has three parts", "GET $row", MALFORMED),
        rule("9112 3", "and no spaces in these", "GET $row x HTTP/1.1\nHost: x", MALFORMED),
        rule("9112 3.1", "a method is a token", "G@T $row HTTP/1.1\nHost: x", MALFORMED),
        rule("9112 2.3", "a version is HTTP's", "GET $row FOO/1.1\nHost: x", MALFORMED),
        rule("9112 2.3", "with a digit each", "GET $row HTTP/1.10\nHost: x", MALFORMED),
        rule(
            "9110 15.6.6",
            "another major version is a 505",
            "GET $row HTTP/2.0\nHost: x",
            "505 & \"code\":\"http-version-not-supported\" & Connection: close"),
        rule("9110 15.6.6", "an older one as well", "GET $row HTTP/0.9\nHost: x", "505"),
        rule(
            "9110 2.5",
            "a minor version is as the one before",
            "GET $row HTTP/1.2\nHost: x",
            "200"),
        rule(
            "9112 3.2",
            "a fragment is no part of a target",
            put("application/json").replaceFirst("row", "table/real#frag"),
            "400 & \"code\":\"invalid-path\" & Connection: close"),
        rule(
            "9112 3.2.2",
            "the absolute form is taken",
            "GET http://x$row HTTP/1.1\nHost: X",
            "200"),
        rule(
            "9112 3.2",
            "Host has the same",
            "GET http://x$row HTTP/1.1\nHost: y",
            "400 & \"header\":\"Host\" & Connection: close"),
        rule(
            "9112 3.2.4",
            "* is no table",
            "GET * HTTP/1.1\nHost: x",
            "400 & \"code\":\"invalid-path\""),
        rule(
            "9112 3.2", "no Host is a 400", "GET $row HTTP/1.1\nX: y", "400 & \"header\":\"Host\""),
        rule(
            "9112 3.2",
            "two are",
            "GET $row HTTP/1.1\nHost: x\nHost: x",
            "400 & \"header\":\"Host\" & Connection: close"),
        rule(
            "9112 3.2",
            "one that is none is",
            "GET $row HTTP/1.1\nHost: a b",
            "400 & \"header\":\"Host\""),
        rule(
            "9112 5.1", "no space stands before a colon", "GET $row HTTP/1.1\nHost : x", MALFORMED),
        rule("9112 5", "a field has a colon", "GET $row HTTP/1.1\nHost: x\nnothing", MALFORMED),
        rule(
            "9110 5.5",
            "a value has no control characters",
            "GET $row HTTP/1.1\nHost: x\nX: \u0000",
            MALFORMED),
        rule(
            "6585 5",
            "too many headers are a 431",
            get("X-Long: " + "x".repeat(20_000)),
            "431 & \"code\":\"headers-too-large\" & Connection: close"),
        rule(
            "6585 5",
            "also of small ones",
            get("X:\n".repeat(100) + "X:"),
            "431 & \"code\":\"headers-too-large\" & Connection: close"),
        rule("6585 5", "many are none too many", get("X:\n".repeat(80) + "X:"), "200"),
        rule(
            "9112 6.3",
            "a length is a number",
            put("application/json\nContent-Length: x"),
            MALFORMED),
        rule(
            "9112 6.1",
            "HTTP/1.0 has no transfer codings",
            "GET $row HTTP/1.0\nTransfer-Encoding: chunked",
            MALFORMED),
        rule(
            "3986 2.1",
            "what must be encoded is",
            "GET $table/{ HTTP/1.1\nHost: x",
            "400 & \"code\":\"invalid-path\""),
        rule(
            "3986 2.1",
            "a % has two digits behind it",
            "GET $table/%zz HTTP/1.1\nHost: x",
            "400 & \"code\":\"invalid-path\""),
        rule("9110 7.8", "an upgrade that is none is ignored", get("Upgrade: h2c"), "200"),
        rule(
            "9110 7.8",
            "and one to another protocol",
            get("Upgrade: websocket\nConnection: upgrade, close"),
            "200"),
        rule(
            "9112 9.3",
            "HTTP/1.0 gets its answer",
            "GET $row HTTP/1.0",
            "200 & Connection: close"));
  }

  private static Stream<Rule> bodies() {
    String chunked =
        "PUT $table/chunked HTTP/1.1\n"
            + "Host: x\n"
            + "Content-Type: application/json\n"
            + "Transfer-Encoding: chunked\n\n";
    String broken = "400 & \"code\":\"invalid-body\" & Connection: close";
    return Stream.of(
        rule("9112 7.1", "a chunk has a size", chunked + "x\n{}\n0\n\n", broken),
        rule("9112 7.1", "that it has", chunked + "1\n{}\n0\n\n", broken),
        rule("9112 7.1", "and one that can be", chunked + "fffffffff\n{}\n0\n\n", broken),
        rule("9112 7.1.2", "trailers are fields", chunked + "2\n{}\n0\nnothing\n\n", broken),
        rule(
            "9112 6.3",
            "the rest may never come",
            "PUT $row HTTP/1.1\n"
                + "Host: x\n"
                + "Content-Type: application/json\n"
                + "Content-Length: 9223372036854775807\n\n"
                + "{}",
            "413 & \"code\":\"body-too-large\" & Connection: close"),
        rule(
            "9112 6.3",
            "a length has a limit",
            "PUT $row HTTP/1.1\n"
                + "Host: x\n"
                + "Content-Type: application/json\n"
                + "Content-Length: 9223372036854775808\n\n"
                + "{}",
            MALFORMED),
        rule(
            "9110 10.1.1",
            "a body that is not asked for ends the connection",
            "PUT $row HTTP/1.1\n"
                + "Host: x\n"
                + "Content-Type: application/json\n"
                + "Expect: 100-continue\n"
                + "Content-Length: 9999999\n\n",
            "413 & Connection: close & !100 Continue"),
        rule(
            "9110 10.1.1",
            "HTTP/1.0 knows no 100",
            "PUT $row HTTP/1.0\n"
                + "Host: x\n"
                + "Content-Type: application/json\n"
                + "Expect: 100-continue\n"
                + "Content-Length: 2\n\n"
                + "{}",
            "204 & !100 Continue"),
        rule(
            "9110 10.1.1",
            "HTTP/1.1 does",
            "PUT $row HTTP/1.1\n"
                + "Host: x\n"
                + "Content-Type: application/json\n"
                + "Expect: 100-continue\n"
                + "Connection: close\n"
                + "Content-Length: 2\n\n"
                + "{}",
            "100 Continue & 204 No Content"),
        rule(
            "9112 6.3",
            "without a length the end of the connection is the end",
            "GET $partition HTTP/1.0\nConnection: keep-alive\nAccept: text/csv",
            "200 & Connection: close & !Transfer-Encoding & p,c,v\r\n1,1,v\r\n"),
        rule(
            "9112 6.3",
            "of the outcomes of a stream as well",
            post("application/x-ndjson", "{\"key\":\"n\"}")
                .replaceFirst("HTTP/1.1", "HTTP/1.0\nConnection: keep-alive"),
            "200 & Connection: close & !Transfer-Encoding & \"written\":1"));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void holds(Rule rule) throws IOException {
    String answer = answer(rule.request());
    String lower = answer.toLowerCase(Locale.ROOT);
    for (String part : filled(rule.answer()).split(" & ", -1)) {
      boolean absent = part.startsWith("!");
      String text = part.matches("[1-5][0-9]{2}") ? "HTTP/1.1 " + part + " " : part;
      assertEquals(
          !absent,
          lower.contains((absent ? text.substring(1) : text).toLowerCase(Locale.ROOT)),
          part + " in " + answer);
    }
    everyAnswerHasADateAndAnErrorItsDocument(answer);
  }

  private static void everyAnswerHasADateAndAnErrorItsDocument(String answers) {
    String answer = answers.replaceFirst("(?s)^HTTP/1.1 100 Continue\r\n\r\n", "");
    String head = answer.split("\r\n\r\n", 2)[0].replace("\r\n", "\n") + "\n";
    assertTrue(head.startsWith("HTTP/1.1 "), head);
    Matcher date = DATE.matcher(head);
    assertTrue(date.find(), head);
    ZonedDateTime then =
        ZonedDateTime.parse(date.group(1), IMF_FIXDATE.withZone(java.time.ZoneOffset.UTC));
    assertTrue(
        Duration.between(then, ZonedDateTime.now(java.time.ZoneOffset.UTC)).abs().toMinutes() < 1,
        head);
    assertTrue(head.contains("\nX-Request-Id: "), head);
    if (head.matches("(?s)HTTP/1.1 [45].*")) {
      assertTrue(head.contains("\nContent-Type: application/problem+json\n"), head);
    }
  }

  private static String filled(String text) {
    return text.replace("$row", String.valueOf(row))
        .replace("$table", String.valueOf(table))
        .replace("$partition", String.valueOf(partition))
        .replace("$tag", String.valueOf(tag));
  }

  private static RawHttp open() throws IOException {
    return new RawHttp(URI.create(ConfigProvider.getConfig().getValue("test.url", String.class)));
  }

  /** All that comes until the connection is closed, as the request asks for unless it says more. */
  private static String answer(String request) throws IOException {
    String[] parts = filled(request).split("\n\n", 2);
    String connection =
        parts[0].contains("\nConnection: ") || parts[0].contains("HTTP/1.0")
            ? ""
            : "\nConnection: close";
    String body = parts.length == 1 ? "" : parts[1];
    try (RawHttp client = open()) {
      client.send(
          (parts[0] + connection + "\n\n").replace("\n", "\r\n")
              + (parts[0].contains("chunked") ? body.replace("\n", "\r\n") : body));
      return new String(client.rest(), StandardCharsets.UTF_8);
    }
  }

  /** What is refused is answered in its turn, and nothing that comes behind it is a request. */
  @Test
  void whatIsRefusedWaitsForItsTurn() throws IOException {
    String sound = filled("GET $row HTTP/1.1\r\nHost: x\r\n\r\n");
    String chunked =
        filled("PUT $row HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n")
            + "Transfer-Encoding: chunked\r\n\r\nx\r\n";
    for (String bad :
        List.of(
            "GET\r\n\r\n", sound.replace("/k ", "/k#f "), sound.replace("1.1", "3.0"), chunked)) {
      try (RawHttp client = open()) {
        client.send(sound + sound + bad + sound);
        assertEquals(200, client.answer().status());
        assertEquals(200, client.answer().status());
        RawHttp.Answer refusal = client.answer();
        assertTrue(refusal.status() == 400 || refusal.status() == 505, bad);
        assertTrue(refusal.closes(), bad);
        assertTrue(refusal.body().contains("\"status\":" + refusal.status()), refusal.body());
        assertEquals("", new String(client.rest(), StandardCharsets.UTF_8));
      }
    }
  }

  /** RFC 9112, section 9.3. */
  @Test
  void http10MayKeepItsConnectionWhereALengthIsSaid() throws IOException {
    try (RawHttp client = open()) {
      for (int i = 0; i < 2; i++) {
        client.send(filled("GET $row HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
        RawHttp.Answer answer = client.answer();
        assertEquals(200, answer.status());
        assertTrue(
            answer.head().toLowerCase(Locale.ROOT).contains("connection: keep-alive"),
            answer.head());
      }
    }
  }
}
