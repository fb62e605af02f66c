package dev.ringlet.plan;

import static dev.ringlet.plan.Values.assertValues;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.internal.core.type.UserDefinedTypeBuilder;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.guard.Target;
import dev.ringlet.guard.TestTarget;
import dev.ringlet.header.TestOptions;
import dev.ringlet.request.WriteQuery;
import dev.ringlet.row.TestRows;
import dev.ringlet.schema.Tables;
import dev.ringlet.value.CqlType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What PATCH does to a column {@code v} of each kind of type. */
class PatchPlanTest {
  private static final UserDefinedType ADDRESS =
      new UserDefinedTypeBuilder("ks", "address")
          .withField("street", DataTypes.TEXT)
          .withField("zip", DataTypes.INT)
          .withField("\"Flat No\"", DataTypes.listOf(DataTypes.INT, true))
          .build();
  private static final Map<String, DataType> TYPES =
      Map.ofEntries(
          Map.entry("int", DataTypes.INT),
          Map.entry("text", DataTypes.TEXT),
          Map.entry("counter", DataTypes.COUNTER),
          Map.entry("set", DataTypes.setOf(DataTypes.INT)),
          Map.entry("list", DataTypes.listOf(DataTypes.TEXT)),
          Map.entry("map", DataTypes.mapOf(DataTypes.TEXT, DataTypes.INT)),
          Map.entry("ints", DataTypes.mapOf(DataTypes.INT, DataTypes.TEXT)),
          Map.entry("vector", DataTypes.vectorOf(DataTypes.FLOAT, 2)),
          Map.entry("frozen set", DataTypes.setOf(DataTypes.INT, true)),
          Map.entry("frozen list", DataTypes.listOf(DataTypes.TEXT, true)),
          Map.entry("frozen map", DataTypes.mapOf(DataTypes.TEXT, DataTypes.INT, true)),
          Map.entry("udt", ADDRESS),
          Map.entry("frozen udt", ADDRESS.copy(true)));

  private final Writes writes = new Writes();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          set         | {"$add":[1,2]}              | v = v + ?            | [v=[1,2], k=5]            | true
          set         | {"$remove":[1]}             | v = v - ?            | [v=[1], k=5]              | true
          set         | {"$remove":[2],"$add":[1]}  | v = v + ?, v = v - ? | [v=[1], v=[2], k=5]       | true
          set         | {"$add":["7"]}              | v = v + ?            | [v=[7], k=5]              | true
          list        | {"$add":["a","b"]}          | v = v + ?            | [v=["a","b"], k=5]        | false
          list        | {"$prepend":["a","b"]}      | v = ? + v            | [v=["a","b"], k=5]        | false
          list        | {"$remove":["a"]}           | v = v - ?            | [v=["a"], k=5]            | true
          list        | {"$remove":["a"],"$prepend":["b"]} | v = ? + v, v = v - ? | [v=["b"], v=["a"], k=5] | false
          map         | {"$add":{"a":1,"b":2}}      | v = v + ?            | [v={"a":1,"b":2}, k=5]    | true
          map         | {"$add":[["a",1]]}          | v = v + ?            | [v={"a":1}, k=5]          | true
          map         | {"$add":{"$x":1}}           | v = v + ?            | [v={"$x":1}, k=5]         | true
          map         | {"$remove":["a","$x"]}      | v = v - ?            | [v:set<text>=["$x","a"], k=5]       | true
          ints        | {"$add":{"1":"a"}}          | v = v + ?            | [v={"1":"a"}, k=5]        | true
          ints        | {"$remove":[1,"2"]}         | v = v - ?            | [v:set<int>=[1,2], k=5]            | true
          counter     | {"$inc":3}                  | v = v + ?            | [v=3, k=5]                | false
          counter     | {"$inc":"-9223372036854775808"} | v = v + ?        | [v=-9223372036854775808, k=5] | false
          """)
  void operatorsChangeAPartOfAColumn(
      String type, String value, String set, String values, boolean idempotent) {
    WritePlan plan = patch(type, value);
    assertEquals("UPDATE ks.t SET " + set + " WHERE k = ?", plan.cql());
    assertValues(values, plan);
    assertEquals(idempotent, plan.idempotent());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          set         | [1]                | [1]
          set         | []                 | []
          list        | ["a"]              | ["a"]
          map         | {"a":1,"b":2}      | {"a":1,"b":2}
          map         | {}                 | {}
          map         | [["$a",1]]         | {"$a":1}
          frozen set  | [1]                | [1]
          frozen list | ["a"]              | ["a"]
          frozen map  | {"a":1}            | {"a":1}
          udt         | null               | null
          frozen udt  | {"zip":1}          | {"street":null,"zip":1,"Flat No":null}
          frozen udt  | {}                 | {"street":null,"zip":null,"Flat No":null}
          set         | null               | null
          map         | null               | null
          text        | "{\\"$add\\":[1]}" | {"$add":[1]}
          """)
  void aPlainValueTakesThePlaceOfTheOldOne(String type, String value, String stored) {
    WritePlan plan = patch(type, value);
    assertEquals("UPDATE ks.t SET v = ? WHERE k = ?", plan.cql());
    assertValues("[v=" + stored + ", k=5]", plan);
    assertEquals(!type.equals("list"), plan.idempotent());
  }

  @Test
  void theKeysToRemoveFromAMapAreASet() {
    assertEquals(CqlType.INT.setOf(), patch("ints", "{\"$remove\":[1]}").values().get(0).type());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"zip":1}                      | [v:text=unset, v:int=1, v:frozen<list<int>>=unset, k=5]
          {"Flat No":[7],"street":"x"}   | [v:text=x, v:int=unset, v:frozen<list<int>>=[7], k=5]
          {"zip":null,"street":""}       | [v:text=, v:int=null, v:frozen<list<int>>=unset, k=5]
          {}                             | [v:text=unset, v:int=unset, v:frozen<list<int>>=unset, k=5]
          """)
  void ofAUserDefinedTypeTheFieldsThatAreAbsentStay(String value, String values) {
    WritePlan plan = patch("udt", value);
    assertEquals(
        "UPDATE ks.t SET v.street = ?, v.zip = ?, v.\"Flat No\" = ? WHERE k = ?", plan.cql());
    assertValues(values, plan);
    assertEquals(true, plan.idempotent());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          set         | {"$prepend":[1]}
          set         | {"$inc":1}
          set         | {"$ad":[1]}
          set         | {"$add":1}
          set         | {"$add":null}
          set         | {"$add":[null]}
          set         | {"$add":["x"]}
          set         | {"$add":[1],"x":[2]}
          set         | {"x":[2],"$add":[1]}
          set         | {"x":1}
          set         | {}
          list        | {"$prepend":null}
          list        | {"$remove":[1]}
          list        | {}
          map         | {"$prepend":{"a":1}}
          map         | {"$add":["a"]}
          map         | {"$add":{"a":null}}
          map         | {"$remove":{"a":1}}
          map         | {"$add":{"a":1},"b":2}
          map         | {"a":null}
          frozen set  | {"$add":[1]}
          frozen list | {"$prepend":["a"]}
          frozen map  | {"$add":{"a":1}}
          frozen map  | {"$remove":["a"]}
          frozen udt  | {"$add":{"zip":1}}
          udt         | {"$add":{"zip":1}}
          udt         | {"city":"x"}
          udt         | {"zip":"x"}
          udt         | [1]
          int         | {"$inc":1}
          vector      | {"$add":[1]}
          counter     | {"$inc":9223372036854775808}
          counter     | {"$inc":1.5}
          counter     | {}
          counter     | 5
          counter     | {"$add":1}
          counter     | {"$inc":1,"$add":1}
          """)
  void refusesWhatTheTypeDoesNotTake(String type, String value) {
    ApiException e = refused(ErrorCode.INVALID_VALUE, type, value);
    assertEquals("v", e.members().get("column"));
  }

  @ParameterizedTest
  @CsvSource({
    "map, '{\"$x\":1}'",
    "map, '{\"$x\":1,\"a\":2}'",
    "map, '{\"!\":2,\"$x\":1}'",
    "map, '{\"!\":2,\"$add\":1}'",
    "frozen map, '{\"$x\":1}'",
    "frozen map, '{\"!\":2,\"$x\":1}'"
  })
  void aMapWithSuchAKeyIsWrittenByPut(String type, String value) {
    ApiException e = refused(ErrorCode.INVALID_VALUE, type, value);
    assertEquals(true, e.detail().contains("PUT"), e.detail());
    WritePlan put =
        writes.replace(
            target(type),
            WriteQuery.NONE,
            TestRows.row("{\"v\":" + value + "}"),
            TestOptions.write());
    assertEquals("INSERT INTO ks.t (k, v) VALUES (?, ?)", put.cql());
    assertValues("[k=5, v=" + value + "]", put);
  }

  @ParameterizedTest
  @CsvSource({
    "set, '[$add, $remove]'",
    "list, '[$add, $remove, $prepend]'",
    "map, '[$add, $remove]'",
    "counter, [$inc]"
  })
  void namesTheOperatorsThatThereAre(String type, String operators) {
    ApiException e = refused(ErrorCode.INVALID_VALUE, type, "{\"$sub\":1}");
    assertEquals(operators, String.valueOf(e.members().get("operators")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          set     | {"$add":[1],"$add":[2]}
          list    | {"$add":["a"],"$prepend":["b"],"$add":["a"]}
          counter | {"$inc":1,"$inc":1}
          udt     | {"zip":1,"zip":2}
          udt     | {"zip":null,"street":"x","zip":null}
          map     | {"a":1,"a":2}
          map     | {"$add":{"a":1,"a":2}}
          """)
  void refusesWhatComesTwice(String type, String value) {
    refused(ErrorCode.INVALID_JSON, type, value);
  }

  @Test
  void namesTheFieldsOfAUserDefinedType() {
    ApiException e = refused(ErrorCode.INVALID_VALUE, "udt", "{\"city\":\"x\"}");
    assertEquals(List.of("street", "zip", "Flat No"), e.members().get("fields"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          udt  | {"zip":"x"}           | /v/zip
          udt  | {"Flat No":[1,"x"]}   | /v/Flat No/1
          list | {"$prepend":["a",1]}  | /v/$prepend/1
          map  | {"$add":{"a":"x"}}    | /v/$add/a
          map  | {"a":"x"}             | /v/a
          set  | [1,"x"]               | /v/1
          set  | {"x":1}               | /v
          """)
  void pointsAtTheCulprit(String type, String value, String pointer) {
    ApiException e = refused(ErrorCode.INVALID_VALUE, type, value);
    assertEquals(pointer, e.members().get("pointer"));
  }

  @CanIgnoreReturnValue
  private ApiException refused(ErrorCode code, String type, String value) {
    ApiException e = assertThrows(ApiException.class, () -> patch(type, value), value);
    assertEquals(code, e.code(), value);
    return e;
  }

  private WritePlan patch(String type, String value) {
    return writes.merge(
        target(type), WriteQuery.NONE, TestRows.row("{\"v\":" + value + "}"), TestOptions.write());
  }

  private static Target target(String type) {
    Tables table = Tables.table("t").partitionKey("k", DataTypes.INT);
    return TestTarget.of(table.regular("v", TYPES.get(type)).build(), List.of("5"));
  }
}
