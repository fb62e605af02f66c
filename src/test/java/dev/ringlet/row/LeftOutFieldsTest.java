package dev.ringlet.row;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.internal.core.type.UserDefinedTypeBuilder;
import dev.ringlet.config.CsvForm;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each is a null, for which all columns of a row have room together. */
class LeftOutFieldsTest {
  private static final DataType MANY = DataTypes.listOf(wide());
  private static final Table TABLE =
      Tables.table("t")
          .partitionKey("k", DataTypes.INT)
          .regular("a", MANY)
          .regular("b", MANY)
          .build();

  /** 40,000 objects of 124 bytes. */
  private static final String ARRAY = "[" + "{},".repeat(39_999) + "{}]";

  private static DataType wide() {
    UserDefinedTypeBuilder wide = new UserDefinedTypeBuilder("ks", "wide");
    for (int i = 0; i < 30; i++) {
      wide = wide.withField("f" + i, DataTypes.INT);
    }
    return wide.build();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static RowBody csv(String row) {
    List<String> columns = List.of("k", "a", "b");
    return CsvRow.of(TABLE, RowNames.COLUMNS, CsvForm.PLAIN, columns).row(bytes(row));
  }

  @Test
  void oneColumnHasThem() {
    assertEquals(2, TestRows.row("{\"k\":1,\"a\":" + ARRAY + "}").values(TABLE).size());
    assertEquals(2, TestRows.row("{\"k\":1,\"a\":" + ARRAY + "}").changes(TABLE).size());
    assertEquals(3, csv("1,\"" + ARRAY + "\",").values(TABLE).size());
  }

  @Test
  void twoAreTooLarge() {
    RowBody json = TestRows.row("{\"k\":1,\"a\":%s,\"b\":%s}".formatted(ARRAY, ARRAY));
    RowBody csv = csv("1,\"%s\",\"%s\"".formatted(ARRAY, ARRAY));
    for (RowBody body : List.of(json, csv)) {
      assertEquals(
          ErrorCode.LIMIT_EXCEEDED,
          assertThrows(ApiException.class, () -> body.values(TABLE)).code());
      assertEquals(
          ErrorCode.LIMIT_EXCEEDED,
          assertThrows(ApiException.class, () -> body.changes(TABLE)).code());
    }
  }
}
