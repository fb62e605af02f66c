package dev.ringlet.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcePathTest {

  static Stream<Arguments> paths() {
    return Stream.of(
        Arguments.of("/v1", List.of()),
        Arguments.of("/v1/ks", List.of("ks")),
        Arguments.of("/v1/ks/t", List.of("ks", "t")),
        Arguments.of("/v1/ks/t/a/b", List.of("ks", "t", "a", "b")),
        Arguments.of("/v1/ks/t/a%2Fb", List.of("ks", "t", "a/b")),
        Arguments.of("/v1/ks/t/a%252Fb", List.of("ks", "t", "a%2Fb")),
        Arguments.of("/v1/ks/t/%00", List.of("ks", "t", "\0")),
        Arguments.of("/v1/ks/t/%20a+b%2B", List.of("ks", "t", " a+b+")),
        Arguments.of("/v1/ks/t/%e6%bc%a2%F0%9F%98%80", List.of("ks", "t", "漢😀")),
        Arguments.of("/v1/ks/t/;@:&=$,!*'()~", List.of("ks", "t", ";@:&=$,!*'()~")),
        Arguments.of("/v1/ks/t/...", List.of("ks", "t", "...")),
        // bytes beyond ASCII arrive as one character each
        Arguments.of("/v1/ks/t/" + latin1("ü"), List.of("ks", "t", "ü")),
        Arguments.of("/v1/ks/t/" + "k".repeat(10_240), List.of("ks", "t", "k".repeat(10_240))));
  }

  @ParameterizedTest
  @MethodSource("paths")
  void decodesEachSegmentOnce(String raw, List<String> segments) {
    assertEquals(segments, ResourcePath.parse(raw).segments());
  }

  /** No keyspace and no table has a point in its name; a key may be anything. */
  @Test
  void tellsDocumentsFromTables() {
    assertTrue(ResourcePath.parse("/v1/openapi.json").isOpenApi());
    assertTrue(ResourcePath.parse("/v1/ks/openapi.yaml").isOpenApi());
    assertFalse(ResourcePath.parse("/v1").isOpenApi());
    assertFalse(ResourcePath.parse("/v1/ks/openapi").isOpenApi());
    assertFalse(ResourcePath.parse("/v1/ks/t/openapi.json").isOpenApi());
  }

  @Test
  void tellsNamesFromKeys() {
    ResourcePath path = ResourcePath.parse("/v1/ks/t/a/b");
    assertEquals("ks", path.keyspace());
    assertEquals("t", path.table());
    assertEquals(List.of("a", "b"), path.keys());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/",
        "/v1//t",
        "/v1/ks/",
        "/v1/ks/t/",
        "/v1/ks/t//b",
        "/v1/ks/t/a/",
        "/v1/ks/t/.",
        "/v1/ks/t/..",
        "/v1/ks/t/%2E%2e",
        "/v1/ks/t/%",
        "/v1/ks/t/%4",
        "/v1/ks/t/%zz",
        "/v1/ks/t/%+1",
        "/v1/ks/t/%FF",
        "/v1/ks/t/%C0%AF",
        "/v1/ks/t/%ED%A0%80"
      })
  void refusesWhatCannotBeRead(String raw) {
    ApiException e = assertThrows(ApiException.class, () -> ResourcePath.parse(raw));
    assertEquals(ErrorCode.INVALID_PATH, e.code());
  }

  @Property
  void anyPathIsReadOrRefused(@ForAll String raw) {
    try {
      assertEquals(
          raw.chars().filter(c -> c == '/').count() + 1,
          ResourcePath.parse("/v1/" + raw).segments().size());
    } catch (ApiException e) {
      assertEquals(ErrorCode.INVALID_PATH, e.code());
    }
  }

  private static String latin1(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
