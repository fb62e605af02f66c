package dev.ringlet.header;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventHeadersTest {
  @Test
  void readsTheHeadersThatBeginWithCe() {
    assertEquals(
        Map.of("id", "1", "partitionkey", "p"),
        attributes("CE-Id: 1", "Ce-PartitionKey: p", "Content-Type: application/json", "cell: x"));
    assertEquals(Map.of(), attributes("Accept: */*", "Cookie: ce-id=1"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "Euro%20%E2%82%AC%20%F0%9F%98%80, Euro € 😀",
        "%e2%82%ac, €",
        "%41, A",
        "%2525, %25",
        "a+b, a+b",
        "\"a b\\\"c\\\\\", a b\"c\\",
        "/a/b?c=d#e, /a/b?c=d#e",
      })
  void decodesTheirValuesOnce(String value, String decoded) {
    assertEquals(Map.of("source", decoded), attributes("ce-source: " + value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%C0%A0", "%", "%2", "%zz", "%ED%A0%80", "\"open", "\"a\"b"})
  void refusesWhatCannotBeDecoded(String value) {
    assertEquals("source", refused("ce-source: " + value));
  }

  @Test
  void refusesOneThatComesTwiceAndAnotherTypeOfTheData() {
    assertEquals("id", refused("ce-id: 1", "CE-ID: 1"));
    assertEquals("datacontenttype", refused("ce-datacontenttype: application/json"));
  }

  private static Object refused(String... headers) {
    ApiException e = assertThrows(ApiException.class, () -> attributes(headers));
    assertEquals(ErrorCode.INVALID_EVENT, e.code());
    return e.members().get("attribute");
  }

  private static Map<String, String> attributes(String... headers) {
    List<Map.Entry<String, String>> entries =
        Stream.of(headers)
            .map(header -> header.split(": ", 2))
            .map(header -> Map.entry(header[0], header[1]))
            .toList();
    return EventHeaders.attributes(entries);
  }
}
