package dev.ringlet.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringlet.body.JsonSource;
import dev.ringlet.config.TestConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {
  private static final String HEAD =
      "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",";

  private final EventJson events = new EventJson(TestConfig.defaults());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"data\":{\"k\":1}}                     | {\"k\":1}",
        "\"data\" :  {\"k\" : [1, {}]} , \"x\":1} | {\"k\" : [1, {}]}",
        "\"data\":12}                            | 12",
        "\"data\":-1.5e3 }                       | -1.5e3",
        "\"data\":\"a\\\"}\"}                    | \"a\\\"}\"",
        "\"data\":null}                          | null",
        "\"data\":true}                          | true",
        "\"subject\":null,\"data\":{}}           | {}",
        "\"subject\":\"s\",\"time\":\"2026-11-22T10:00:00Z\",\"ext\":{\"a\":1},\"n\":5,\"data\":{}} | {}",
        "\"datacontenttype\":\"application/json; charset=utf-8\",\"data\":{}}         | {}",
        "\"datacontenttype\":\"Text/JSON\",\"data\":{}}                               | {}",
        "\"datacontenttype\":\"application/vnd.example+json\",\"data\":{}}            | {}",
        "\"datacontenttype\":null,\"data\":{}}                                        | {}",
      })
  void theRowIsTheDataAsItStands(String rest, String row) {
    assertEquals(row, read(HEAD + rest));
    assertEquals(row, read("\uFEFF" + HEAD + rest));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                                                               | specversion",
        "{\"specversion\":\"0.3\",\"id\":\"1\",\"source\":\"/\",\"type\":\"t\",\"data\":{}} | specversion",
        "{\"specversion\":1.0,\"id\":\"1\",\"source\":\"/\",\"type\":\"t\",\"data\":{}}     | specversion",
        "{\"specversion\":\"1.0\",\"source\":\"/\",\"type\":\"t\",\"data\":{}}              | id",
        "{\"specversion\":\"1.0\",\"id\":\"\",\"source\":\"/\",\"type\":\"t\",\"data\":{}}  | id",
        "{\"specversion\":\"1.0\",\"id\":7,\"source\":\"/\",\"type\":\"t\",\"data\":{}}     | id",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":null,\"type\":\"t\",\"data\":{}}  | source",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/\",\"type\":{},\"data\":{}}    | type",
      })
  void refusesWhatLacksAnAttribute(String event, String attribute) {
    assertEquals(attribute, refused(event).members().get("attribute"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"x\":1}                                                   | data",
        "\"data_base64\":\"e30=\"}                                  | data_base64",
        "\"data\":{},\"data_base64\":\"e30=\"}                      | data_base64",
        "\"data\":{},\"data\":{}}                                   | data",
        "\"id\":\"2\",\"data\":{}}                                  | id",
        "\"time\":\"x\",\"time\":\"y\",\"data\":{}}                 | time",
        "\"datacontenttype\":\"text/csv\",\"data\":\"k,v\"}         | datacontenttype",
        "\"datacontenttype\":\"application/jsonx\",\"data\":{}}     | datacontenttype",
        "\"datacontenttype\":\"json\",\"data\":{}}                  | datacontenttype",
      })
  void refusesDataThatIsNoRow(String rest, String attribute) {
    ApiException e = refused(HEAD + rest);
    assertEquals(ErrorCode.INVALID_EVENT, e.code());
    assertEquals(attribute, e.members().get("attribute"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "1", "null", "{", "{\"data\":}", "{\"data\":{}", "{}{}"})
  void refusesWhatIsNotOneJsonObject(String body) {
    assertEquals(ErrorCode.INVALID_JSON, refused(body).code());
  }

  @Test
  void aPointerGoesThroughTheEvent() {
    byte[] one = bytes(HEAD + "\"data\":{}}");
    assertEquals("/data/k/0", pointer(events.one(one)));
    List<JsonSource> each = events.each(bytes("[" + HEAD + "\"data\":1}," + HEAD + "\"data\":2}]"));
    assertEquals("/1/data/k/0", pointer(each.get(1)));
  }

  @Test
  void whatIsWrongWithOneOfABatchIsToldWhenItIsAskedFor() {
    String batch = "[" + HEAD + "\"data\":{\"k\":1}},{\"id\":1}, " + HEAD + "\"data\":2}\n]";
    List<JsonSource> each = events.each(bytes(batch));
    assertEquals(3, each.size());
    assertEquals("{\"k\":1}", each.get(0).read(EventJsonTest::text));
    assertEquals(
        ErrorCode.INVALID_EVENT,
        assertThrows(ApiException.class, () -> each.get(1).read(EventJsonTest::text)).code());
    assertEquals("2", each.get(2).read(EventJsonTest::text));
  }

  @Test
  void aBatchIsAnArrayOfSoManyObjects() {
    assertEquals(List.of(), events.each(bytes(" [] ")));
    for (String body : List.of("", "{}", "[1]", "[[]]", "[{}", "[{}]x", HEAD + "\"data\":{}}")) {
      assertEquals(ErrorCode.INVALID_JSON, batchRefused(events, body), body);
    }
    var few = TestConfig.of(Map.of("ringlet.bulk.max-rows", "1"));
    assertEquals(ErrorCode.LIMIT_EXCEEDED, batchRefused(new EventJson(few), "[{},{}]"));
  }

  private static ErrorCode batchRefused(EventJson events, String body) {
    return assertThrows(ApiException.class, () -> events.each(bytes(body))).code();
  }

  private static String pointer(JsonSource event) {
    return (String)
        assertThrows(ApiException.class, () -> event.read(EventJsonTest::fails))
            .members()
            .get("pointer");
  }

  private static String fails(byte[] row) {
    throw new ApiException(ErrorCode.INVALID_VALUE, text(row)).with("pointer", "/k/0");
  }

  private ApiException refused(String body) {
    return assertThrows(ApiException.class, () -> read(body));
  }

  private String read(String body) {
    return events.one(bytes(body)).read(EventJsonTest::text);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] row) {
    return new String(row, StandardCharsets.UTF_8);
  }
}
