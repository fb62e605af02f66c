package dev.ringlet.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What COPY of cqlsh makes of values, beside their text form in paths. */
class CqlshLiteralsTest {
  private static final DataType TUPLE =
      DataTypes.tupleOf(DataTypes.INT, DataTypes.TEXT, DataTypes.listOf(DataTypes.BOOLEAN));
  private static final Map<String, DataType> TYPES =
      Map.ofEntries(
          Map.entry("text", DataTypes.TEXT),
          Map.entry("boolean", DataTypes.BOOLEAN),
          Map.entry("blob", DataTypes.BLOB),
          Map.entry("date", DataTypes.DATE),
          Map.entry("timestamp", DataTypes.TIMESTAMP),
          Map.entry("inet", DataTypes.INET),
          Map.entry("decimal", DataTypes.DECIMAL),
          Map.entry("texts", DataTypes.listOf(DataTypes.TEXT)),
          Map.entry("times", DataTypes.mapOf(DataTypes.TIME, DataTypes.INT)),
          Map.entry("inets", DataTypes.mapOf(DataTypes.INET, DataTypes.INT)),
          Map.entry("sets", DataTypes.mapOf(DataTypes.setOf(DataTypes.INT), DataTypes.BLOB)),
          Map.entry("tuple", TUPLE),
          Map.entry("floats", DataTypes.vectorOf(DataTypes.FLOAT, 2)),
          Map.entry("words", DataTypes.vectorOf(DataTypes.TEXT, 2)));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          text      | 'it''s'                      | 'it''s'
          boolean   | true                         | True
          blob      | yv4A                         | 0xcafe00
          blob      | ^^                           | 0x
          date      | 2026-11-22                   | 2026-11-22
          date      | +12345-06-07                 | 3789548
          timestamp | 2026-11-22T10:00:00.120Z     | 2026-11-22 10:00:00.120+0000
          timestamp | +12345-06-07T00:00:00Z       | 327416947200000
          texts     | []                           | []
          texts     | ["a, b","it's","[x]",""]     | ['a, b', 'it''s', '[x]', '']
          times     | {"10:00:00.000000001":1}     | {'10:00:00.000000001': 1}
          inets     | {"::1":1}                    | {'::1': 1}
          sets      | [[[1,2],"AA=="]]             | {{1, 2}: 0x00}
          tuple     | [1,"x",[true,false]]         | (1, 'x', [True, False])
          tuple     | [null,"x",null]              | (, 'x', )
          floats    | [0.5,-1.0]                   | [0.5, -1.0]
          words     | ["a","b]"]                   | ['a', 'b]']
          """)
  void isWrittenAndReadBack(String type, String text, String literal) {
    Codec codec = Codecs.of(TYPES.get(type));
    assertEquals(literal, Literals.text(codec, codec.parse(text)));
    assertEquals(codec.parse(text), Literals.parse(codec, literal));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          boolean   | FALSE                            | false
          date      | '2026-11-22'                     | 2026-11-22
          timestamp | 2026-11-22 10:00:00.123456+0100  | 2026-11-22T09:00:00.123Z
          timestamp | 2026-11-22 10:00:00+0000         | 2026-11-22T10:00:00Z
          timestamp | 1-01-01 00:00:00.000+0000        | 0001-01-01T00:00:00Z
          timestamp | 86400000                         | 1970-01-02T00:00:00Z
          inet      | ::1                              | 0:0:0:0:0:0:0:1
          decimal   | 1E+3                             | 1E+3
          texts     | [a,b , 'c']                      | ["a","b","c"]
          times     | {10:00:00.000000001: 1}          | {"10:00:00.000000001":1}
          inets     | {fe80::1: 1, 10.0.0.1: 2}        | {"fe80::1":1,"10.0.0.1":2}
          tuple     | (1)                              | [1,null,null]
          tuple     | ( 1 , 'x' )                      | [1,"x",null]
          """)
  void isReadInOtherWaysToo(String type, String literal, String text) {
    Codec codec = Codecs.of(TYPES.get(type));
    assertEquals(codec.parse(text), Literals.parse(codec, literal));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          boolean | yes
          blob    | cafe
          blob    | 0xc
          blob    | 0xzz
          date    | 99999999999
          texts   | ['a'
          texts   | {'a'}
          texts   | ['a', ]
          texts   | x
          texts   | ]
          times   | {'10:00:00'}
          times   | {'10:00:00': }
          times   | {'10:00:00': 1, '10:00:00': 2}
          times   | {x: 1}
          tuple   | (1, 'x', [], 2)
          tuple   | (1, 'x', [1])
          floats  | [1.0]
          floats  | [1.0, , 2.0]
          """)
  void refusesWhatIsNoLiteral(String type, String literal) {
    Codec codec = Codecs.of(TYPES.get(type));
    InvalidValueException e =
        assertThrows(InvalidValueException.class, () -> Literals.parse(codec, literal));
    assertEquals(literal, e.got());
    assertEquals("", e.pointer());
  }

  /** What stands between brackets is looked at once for each of them, however it is made. */
  @Test
  void hostileLiteralsAreReadInTheirTime() {
    Codec codec = Codecs.of(DataTypes.listOf(DataTypes.INT));
    for (String part : List.of("[", "]", ",", "[,", "{,}")) {
      String hostile = "[" + part.repeat(200_000) + "]";
      InvalidValueException e =
          assertThrows(InvalidValueException.class, () -> Literals.parse(codec, hostile), part);
      assertEquals(100 + 1, e.got().length());
    }
  }
}
