package dev.ringlet.plan;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.internal.core.type.UserDefinedTypeBuilder;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.ringlet.config.TestConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.guard.Target;
import dev.ringlet.guard.TestTarget;
import dev.ringlet.header.TestOptions;
import dev.ringlet.header.WriteOptions;
import dev.ringlet.request.WriteQuery;
import dev.ringlet.row.TestRows;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which values an index or a key cannot take, and that those beside them pass. */
class StorablePlanTest {
  private static final DataType VECTOR = DataTypes.vectorOf(DataTypes.FLOAT, 3);
  private static final UserDefinedType NAME =
      new UserDefinedTypeBuilder("ks", "name").withField("name", DataTypes.TEXT).frozen().build();
  private static final String SASI = "org.apache.cassandra.index.sasi.SASIIndex";
  private static final String ANALYZER = "org.apache.cassandra.index.sasi.analyzer.";

  private static final WriteOptions PLAIN = TestOptions.write();
  private final Writes writes = new Writes();
  private final Deletes deletes = new Deletes(TestConfig.defaults());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cosine      | [0,0,0]                  | false
          cosine      | [0,-0.0,0]               | false
          cosine      | [1E-45,0,0]              | false
          cosine      | [1E-23,1E-23,-1E-23]     | false
          cosine      | [3E-23,0,0]              | true
          cosine      | [1E17,-1E17,0]           | true
          cosine      | [1.00000007E17,1,1]      | false
          COSINE      | [0,0,0]                  | false
          dot_product | [0,0,0]                  | true
          dot_product | [1E-45,0,0]              | true
          dot_product | [0,0,-1.00000007E17]     | false
          dot_product | [0,"NaN",0]              | false
          euclidean   | [0,0,0]                  | true
          euclidean   | [3E38,0,0]               | false
          euclidean   | ["Infinity",0,0]         | false
          euclidean   | [0,0,"-Infinity"]        | false
          """)
  void vectors(String similarity, String vector, boolean fits) {
    Table table = one(VECTOR, "v", "sai", Map.of("similarity_function", similarity));
    check(table, vector, fits);
  }

  @Test
  void whereTheIndexDoesNotSayItComparesByCosine() {
    check(one(VECTOR, "v", "sai", Map.of()), "[0,0,0]", false);
    check(one(VECTOR, "v", "StorageAttachedIndex", Map.of()), "[0,0,0]", false);
  }

  /** Cassandra fails at the next write of a row that has them, whatever they are. */
  @Test
  void vectorsInCollections() {
    DataType map = DataTypes.mapOf(VECTOR, VECTOR);
    for (Table table :
        List.of(
            one(DataTypes.listOf(VECTOR), "values(v)", "sai", Map.of()),
            one(DataTypes.setOf(VECTOR), "v", "sai", Map.of()),
            one(map, "keys(v)", "sai", Map.of()),
            one(map, "values(v)", "sai", Map.of("similarity_function", "euclidean")))) {
      String value =
          table.require("v").type().dataType().equals(map) ? "[[[1,0,0],[1,0,0]]]" : "[[1,0,0]]";
      check(table, value, false);
      check(table, "null", true);
      assertDoesNotThrow(() -> patch(table, "{\"v\":null}"));
      assertRefused(() -> patch(table, "{\"v\":{\"$remove\":[[1,0,0]]}}"));
      assertRefused(() -> patch(table, "{\"v\":{\"$add\":" + value + "}}"));
      assertDoesNotThrow(() -> patch(table, "{}"));
    }
    check(one(map, "entries(v)", "sai", Map.of()), "[[[0,0,0],[1,1,1]]]", true);
    check(one(map, "keys(v)", "", Map.of()), "[[[0,0,0],[1,1,1]]]", true);
    check(one(DataTypes.frozenListOf(VECTOR), "full(v)", "sai", Map.of()), "[[0,0,0]]", true);
  }

  @ParameterizedTest
  @CsvSource({"sai, 8192", SASI + ", 1023", "'', 65534"})
  void texts(String className, int most) {
    Table table = one(DataTypes.TEXT, "v", className, Map.of());
    check(table, text(most), true);
    check(table, text(most + 1), false);
    Table set = one(DataTypes.setOf(DataTypes.TEXT), "values(v)", className, Map.of());
    check(set, "[\"a\"," + text(most) + "]", true);
    check(set, "[\"a\"," + text(most + 1) + "]", false);
    Table entries =
        one(DataTypes.mapOf(DataTypes.TEXT, DataTypes.TEXT), "entries(v)", className, Map.of());
    check(entries, "{\"a\":" + text(most - 7) + "}", true);
    check(entries, "{" + text(most - 6) + ":\"a\"}", false);
  }

  @Test
  void bytesCountAndNotCharacters() {
    Table table = one(DataTypes.TEXT, "v", "sai", Map.of());
    check(table, "\"" + "é".repeat(4096) + "\"", true);
    check(table, "\"" + "é".repeat(4097) + "\"", false);
  }

  /** A length of four bytes stands before each of their parts. */
  @ParameterizedTest
  @ValueSource(strings = {"tuple", "user-defined type"})
  void tuplesAndUserDefinedTypes(String type) {
    boolean tuple = type.equals("tuple");
    DataType of = tuple ? DataTypes.tupleOf(DataTypes.TEXT) : NAME;
    String value = tuple ? "[%s]" : "{\"name\":%s}";
    Table table = one(of, "v", "sai", Map.of());
    check(table, value.formatted(text(8188)), true);
    check(table, value.formatted(text(8189)), false);
    Table set = one(DataTypes.setOf(of), "values(v)", "sai", Map.of());
    check(set, "[" + value.formatted(text(8189)) + "]", false);
  }

  @Test
  void numbersOfAnyLengthFitSai() {
    check(one(DataTypes.VARINT, "v", "sai", Map.of()), "\"" + "9".repeat(999) + "\"", true);
  }

  @ParameterizedTest
  @CsvSource({"StandardAnalyzer, true", "DelimiterAnalyzer, true", "NonTokenizingAnalyzer, false"})
  void sasiTakesLongTextsApart(String analyzer, boolean fits) {
    Map<String, String> options = Map.of("analyzer_class", ANALYZER + analyzer);
    check(one(DataTypes.TEXT, "v", SASI, options), text(1024), fits);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a\"\"b(c)\"", "values(\"a\"\"b(c)\")"})
  void namesInQuotes(String target) {
    String column = "a\"b(c)";
    DataType type = target.startsWith("\"") ? DataTypes.TEXT : DataTypes.setOf(DataTypes.TEXT);
    Table table =
        Tables.table("t")
            .partitionKey("k", DataTypes.INT)
            .regular(column, type)
            .index("by_v", target, "sai")
            .build();
    assertEquals(1, table.indexRules(column).size());
  }

  @Test
  void patchAddsWhatFitsAndRemovesAnything() {
    Table table = one(DataTypes.setOf(DataTypes.TEXT), "values(v)", "sai", Map.of());
    assertRefused(() -> patch(table, "{\"v\":{\"$add\":[" + text(8193) + "]}}"));
    assertRefused(() -> patch(table, "{\"v\":[" + text(8193) + "]}"));
    assertDoesNotThrow(() -> patch(table, "{\"v\":{\"$add\":[" + text(8192) + "]}}"));
    assertDoesNotThrow(() -> patch(table, "{\"v\":{\"$remove\":[" + text(8193) + "]}}"));
  }

  @Test
  void keysThatAreIndexed() {
    Table table =
        Tables.table("t")
            .partitionKey("k", DataTypes.INT)
            .clustering("c", VECTOR)
            .regular("v", DataTypes.INT)
            .index("by_c", "c", "sai")
            .build();
    Target zero = TestTarget.of(table, List.of("1", "[0,0,0]"));
    assertRefused(() -> writes.replace(zero, WriteQuery.NONE, TestRows.row("{}"), PLAIN));
    assertRefused(() -> writes.merge(zero, WriteQuery.NONE, TestRows.row("{\"v\":1}"), PLAIN));
    assertDoesNotThrow(() -> deletes.delete(zero, List.of(), PLAIN));
  }

  @Test
  void clusteringColumnsThatAreTooLongTogether() {
    Table table =
        Tables.table("t")
            .partitionKey("k", DataTypes.TEXT)
            .clustering("c", DataTypes.TEXT)
            .clustering("d", DataTypes.TEXT)
            .build();
    Target fits =
        TestTarget.of(table, List.of("x".repeat(9), "c".repeat(32768), "d".repeat(32767)));
    Target tooLong = TestTarget.of(table, List.of("x", "c".repeat(32768), "d".repeat(32768)));
    assertDoesNotThrow(() -> writes.replace(fits, WriteQuery.NONE, TestRows.row("{}"), PLAIN));
    assertRefused(() -> writes.replace(tooLong, WriteQuery.NONE, TestRows.row("{}"), PLAIN));
    assertRefused(() -> deletes.delete(tooLong, List.of(), PLAIN));
  }

  @Test
  void keysThatAreTooLongForAnIndex() {
    Table table =
        Tables.table("t")
            .partitionKey("k", DataTypes.TEXT)
            .clustering("c", DataTypes.TEXT)
            .regular("v", DataTypes.INT)
            .index("by_v", "v", "", Map.of())
            .build();
    Target fits = TestTarget.of(table, List.of("k".repeat(9), "c".repeat(65_520)));
    Target tooLong = TestTarget.of(table, List.of("k".repeat(10), "c".repeat(65_520)));
    assertDoesNotThrow(() -> writes.replace(fits, WriteQuery.NONE, TestRows.row("{}"), PLAIN));
    ApiException refused =
        assertRefused(() -> writes.replace(tooLong, WriteQuery.NONE, TestRows.row("{}"), PLAIN));
    assertEquals("by_v", refused.members().get("indexed_by"));
    assertEquals("c", refused.members().get("column"));
  }

  @Test
  void saysWhichIndexAndWhatItTakes() {
    ApiException refused =
        assertRefused(() -> put(one(VECTOR, "v", "sai", Map.of()), "[1,\"NaN\",0]"));
    assertEquals(
        "Column v: expected elements from -1E17 to 1E17 for the index by_v, got NaN.",
        refused.getMessage());
    assertEquals("by_v", refused.members().get("indexed_by"));
    assertEquals("v", refused.members().get("column"));
  }

  private void check(Table table, String value, boolean fits) {
    if (fits) {
      assertDoesNotThrow(() -> put(table, value));
    } else {
      assertRefused(() -> put(table, value));
    }
  }

  private void put(Table table, String value) {
    replace(table, "{\"v\":" + value + "}");
  }

  private void replace(Table table, String body) {
    Target row = TestTarget.of(table, List.of("1"));
    assertEquals(row, writes.replace(row, WriteQuery.NONE, TestRows.row(body), PLAIN).target());
  }

  private void patch(Table table, String body) {
    Target row = TestTarget.of(table, List.of("1"));
    assertEquals(row, writes.merge(row, WriteQuery.NONE, TestRows.row(body), PLAIN).target());
  }

  @CanIgnoreReturnValue
  private static ApiException assertRefused(Executable write) {
    ApiException refused = assertThrows(ApiException.class, write);
    assertEquals(ErrorCode.INVALID_VALUE, refused.code());
    return refused;
  }

  private static Table one(
      DataType type, String target, String className, Map<String, String> options) {
    return Tables.table("t")
        .partitionKey("k", DataTypes.INT)
        .regular("v", type)
        .index("by_v", target, className, options)
        .build();
  }

  private static String text(int length) {
    return "\"" + "x".repeat(length) + "\"";
  }
}
