package dev.ringlet.plan;

import static dev.ringlet.plan.Values.assertValues;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.datastax.oss.driver.api.core.type.DataTypes;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.ringlet.config.CsvForm;
import dev.ringlet.config.TestConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.guard.TestTarget;
import dev.ringlet.header.TestOptions;
import dev.ringlet.request.RowOperation;
import dev.ringlet.row.CsvRow;
import dev.ringlet.row.RowNames;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvPlanTest {
  private static final Table TABLE =
      Tables.table("t")
          .partitionKey("k", DataTypes.INT)
          .regular("Full, Name", DataTypes.TEXT)
          .regular("l", DataTypes.listOf(DataTypes.INT))
          .regular("v", DataTypes.TEXT)
          .build();

  private final RowWrites rowWrites = new RowWrites(TestConfig.defaults());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          k              | 1                  | [k=1, Full, Name=unset, l=unset, v=unset]
          v,k            | x,1                | [k=1, Full, Name=unset, l=unset, v=x]
          k,v            | 1,                 | [k=1, Full, Name=unset, l=unset, v=null]
          k,v            | 1,""               | [k=1, Full, Name=unset, l=unset, v=]
          k,v            | 1,null             | [k=1, Full, Name=unset, l=unset, v='null']
          k,l            | 1,"[2,3]"          | [k=1, Full, Name=unset, l=[2,3], v=unset]
          k,"Full, Name" | "1","a ""b"", c"   | [k=1, Full, Name=a "b", c, l=unset, v=unset]
          "k","v"        | 1," x "            | [k=1, Full, Name=unset, l=unset, v= x ]
          """)
  void readsARecordByTheHeadersColumns(String header, String record, String values) {
    WritePlan plan = insert(header, record);
    assertEquals("INSERT INTO ks.t (k, \"Full, Name\", l, v) VALUES (?, ?, ?, ?)", plan.cql());
    assertValues(values, plan);
  }

  @Test
  void anEmptyFieldIsNullAndNothingElseIs() {
    assertEquals(true, insert("k,v", "1,").values().get(3).isNull());
    for (String record : List.of("1,\"\"", "1,null", "1,NULL")) {
      assertEquals(false, insert("k,v", record).values().get(3).isNull(), record);
    }
  }

  @Test
  void deletesTheRowOfARecord() {
    WritePlan plan =
        rowWrites.one(
            request(RowOperation.DELETE),
            CsvRow.of(TABLE, RowNames.COLUMNS, CsvForm.PLAIN, utf8("k")).row(utf8("1")));
    assertEquals("DELETE FROM ks.t WHERE k = ?", plan.cql());
    assertValues("[k=1]", plan);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          k,nix   | UNKNOWN_COLUMN | nix
          k,V     | UNKNOWN_COLUMN | V
          k, v    | UNKNOWN_COLUMN | ' v'
          k,      | UNKNOWN_COLUMN | ''
          k,""    | UNKNOWN_COLUMN | ''
          k,v,k   | INVALID_CSV    | k
          k,v,"v" | INVALID_CSV    | v
          k,"v    | INVALID_CSV    |
          """)
  void refusesAHeaderThatNamesNoColumnOrOneTwice(String header, ErrorCode code, String column) {
    ApiException e =
        refused(code, () -> CsvRow.of(TABLE, RowNames.COLUMNS, CsvForm.PLAIN, utf8(header)));
    assertEquals(column, e.members().get("column"));
  }

  @Test
  void suggestsTheColumnThatWasMeant() {
    ApiException e =
        refused(
            ErrorCode.UNKNOWN_COLUMN,
            () -> CsvRow.of(TABLE, RowNames.COLUMNS, CsvForm.PLAIN, utf8("k,\"Ful, Name\"")));
    assertEquals("Did you mean Full, Name?", e.members().get("hint"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1                | INVALID_CSV
          1,x              | INVALID_CSV
          1,x,[],y         | INVALID_CSV
          1,x,[1,2]        | INVALID_CSV
          1,"x,[]          | INVALID_CSV
          1,x"y,[]         | INVALID_CSV
          one,x,[]         | INVALID_VALUE
          ' 1,x,[]'        | INVALID_VALUE
          "",x,[]          | INVALID_VALUE
          1,x,""           | INVALID_VALUE
          1,x,"[1,null]"   | INVALID_VALUE
          1,x,"[1"         | INVALID_VALUE
          ,x,[]            | INCOMPLETE_PRIMARY_KEY
          """)
  void refusesARecordThatIsNoRow(String record, ErrorCode code) {
    refused(code, () -> insert("k,v,l", record));
  }

  @Test
  void countsTheFieldsAndNamesTheColumn() {
    ApiException e = refused(ErrorCode.INVALID_CSV, () -> insert("k,v,l", "1,x"));
    assertEquals("The record has 2 fields, the header 3.", e.detail());
    e = refused(ErrorCode.INVALID_VALUE, () -> insert("k,v,l", "1,x,[x]"));
    assertEquals("l", e.members().get("column"));
    assertEquals("[x]", e.members().get("got"));
  }

  @Test
  void aHeaderWithoutTheWholeKeyMakesNoRows() {
    ApiException e = refused(ErrorCode.INCOMPLETE_PRIMARY_KEY, () -> insert("v", "x"));
    assertEquals(List.of("k"), e.members().get("missing"));
  }

  private WritePlan insert(String header, String record) {
    return rowWrites.one(
        request(RowOperation.INSERT),
        CsvRow.of(TABLE, RowNames.COLUMNS, CsvForm.PLAIN, utf8(header)).row(utf8(record)));
  }

  private static PostRequest request(RowOperation operation) {
    return new PostRequest(TestTarget.of(TABLE, List.of()), operation, TestOptions.write());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @CanIgnoreReturnValue
  private static ApiException refused(ErrorCode code, Supplier<?> action) {
    ApiException e = assertThrows(ApiException.class, action::get);
    assertEquals(code, e.code());
    return e;
  }
}
