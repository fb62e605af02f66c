package dev.ringlet.row;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.internal.core.metadata.schema.parsing.DataTypeCqlNameParser;
import com.datastax.oss.driver.internal.core.type.UserDefinedTypeBuilder;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringlet.value.Codecs;
import dev.ringlet.value.CqlType;
import dev.ringlet.value.InvalidValueException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Values of every type as dsbulk writes and reads them: {@code dsbulk/values.ndjson} is what the
 * codecs of dsbulk-codecs-text 1.10.0 with their defaults have made of the bytes, and {@code
 * ringlet} what they have read as the same bytes. What they lose themselves is left out: the sign
 * of a zero, a duration of nothing, decimals and durations of the greatest size.
 */
class DsbulkTextTest {
  private static final CqlIdentifier KEYSPACE = CqlIdentifier.fromInternal("ks");
  private static final UserDefinedType PERSON =
      new UserDefinedTypeBuilder(KEYSPACE, CqlIdentifier.fromInternal("person"))
          .withField(CqlIdentifier.fromInternal("name"), DataTypes.TEXT)
          .withField(CqlIdentifier.fromInternal("Born"), DataTypes.DATE)
          .withField(CqlIdentifier.fromInternal("raw"), DataTypes.BLOB)
          .build();

  /** A line of the file. */
  record Fixture(String type, String bytes, String dsbulk, String ringlet) {
    /** Decimals of the greatest scale go out only. */
    boolean isTaken() {
      return !(type.equals("decimal") && bytes.startsWith("7fffffff"));
    }
  }

  @Test
  void isWrittenSoThatDsbulkReadsIt() throws IOException {
    for (Fixture fixture : fixtures()) {
      CqlType type = type(fixture.type());
      String plain = Codecs.of(type).text(bytes(fixture));
      assertEquals(fixture.ringlet(), DsbulkText.WRITTEN.of(type, plain), fixture::toString);
    }
  }

  @Test
  void isReadAsDsbulkHasWrittenIt() throws IOException {
    for (Fixture fixture : fixtures()) {
      for (String text : List.of(fixture.dsbulk(), fixture.ringlet())) {
        if (fixture.isTaken()) {
          assertEquals(bytes(fixture), read(fixture.type(), text), fixture::toString);
        } else {
          assertThrows(InvalidValueException.class, () -> read(fixture.type(), text));
        }
      }
    }
  }

  /** What its codecs take besides, and what they make of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          boolean                    | Y                        | true
          boolean                    | t                        | true
          boolean                    | YES                      | true
          boolean                    | n                        | false
          boolean                    | F                        | false
          boolean                    | No                       | false
          timestamp                  | 2026-11-22               | 2026-11-22T00:00:00Z
          timestamp                  | 2026-11-22T10:00         | 2026-11-22T10:00:00Z
          timestamp                  | 2026-11-22 10:00:00.5    | 2026-11-22T10:00:00.5Z
          timestamp                  | 2026-11-22 10:00:00+0100 | 2026-11-22T09:00:00Z
          list<timestamp>            | ["2026-11-22"]           | ["2026-11-22T00:00:00Z"]
          list<boolean>              | ["1","T",1,true,0]       | [true,true,true,true,false]
          map<boolean,int>           | {"T":1,"0":2}            | {"true":1,"false":2}
          tuple<int,boolean>         | [1,"T"]                  | [1,true]
          tuple<boolean,int,boolean> | ["1",1]                  | [true,1]
          map<frozen<set<int>>,text> | [[[1],"a"]]              | [[[1],"a"]]
          """)
  void readsWhatDsbulkReads(String type, String text, String plain) {
    assertEquals(Codecs.of(type(type)).parse(plain), read(type, text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          boolean                          | maybe
          timestamp                        | 2026-11
          list<boolean>                    | ["maybe"]
          list<boolean>                    | {"a":true}
          list<boolean>                    | [true
          list<boolean>                    | [true] x
          list<boolean>                    | [true] [true]
          list<boolean>                    | ^ ^
          tuple<int,boolean>               | [1,true,{"a":1}]
          map<boolean,int>                 | [["x",1]]
          map<frozen<list<timestamp>>,int> | {"":1}
          """)
  void leavesWhatIsNoValue(String type, String text) {
    String read = DsbulkText.READ.of(type(type), text);
    assertEquals(text.replace(" ", ""), read.replace(" ", ""));
  }

  private static ByteBuffer read(String type, String text) {
    CqlType known = type(type);
    return Codecs.of(known).parse(DsbulkText.READ.of(known, text));
  }

  private static CqlType type(String cql) {
    return CqlType.of(
        new DataTypeCqlNameParser().parse(KEYSPACE, cql, Map.of(PERSON.getName(), PERSON), null));
  }

  private static ByteBuffer bytes(Fixture fixture) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(fixture.bytes()));
  }

  private static List<Fixture> fixtures() throws IOException {
    try (InputStream in = DsbulkTextTest.class.getResourceAsStream("/dsbulk/values.ndjson");
        MappingIterator<Fixture> lines =
            new ObjectMapper().readerFor(Fixture.class).readValues(in)) {
      List<Fixture> all = lines.readAll();
      assertTrue(all.size() > 200);
      return all;
    }
  }
}
