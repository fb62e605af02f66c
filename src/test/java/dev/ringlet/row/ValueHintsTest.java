package dev.ringlet.row;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import dev.ringlet.error.ApiException;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Tables;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is suggested for a text in a path, a filter or CSV that is not of its column's type. */
class ValueHintsTest {
  private static final Map<String, DataType> TYPES =
      Map.of(
          "int", DataTypes.INT,
          "boolean", DataTypes.BOOLEAN,
          "date", DataTypes.DATE,
          "timestamp", DataTypes.TIMESTAMP,
          "uuid", DataTypes.UUID,
          "timeuuid", DataTypes.TIMEUUID,
          "blob", DataTypes.BLOB,
          "ascii", DataTypes.ASCII,
          "list", DataTypes.listOf(DataTypes.INT));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          int       | '5'                                    | Write 5
          int       | "5"                                    | Write 5
          int       | +5                                     | Write 5
          int       | ^ 5^                                   | Write 5
          int       | 5'                                     |
          int       | 1,000                                  |
          int       | five                                   |
          int       | null                                   |
          boolean   | yes                                    | Write true
          boolean   | 0                                      | Write false
          boolean   | 2                                      |
          date      | 2026/11/22                             | Write 2026-11-22
          date      | 20261122                               | Write 2026-11-22
          date      | 2026-11-22T10:00:00Z                   | Write 2026-11-22
          date      | 22.11.2026                             |
          date      | 11/22/2026                             |
          timestamp | 2026-11-22                             | Write 2026-11-22T00:00:00Z
          timestamp | 2026-11-22 10:00:00                    | Write 2026-11-22T10:00:00Z
          timestamp | 2026-11-22T10:00:00                    | Write 2026-11-22T10:00:00Z
          timestamp | 2026-11-22T10:00:00 01:00              | In a query a plus sign is %2B: 2026-11-22T10:00:00%2B01:00
          timestamp | yesterday                              |
          uuid      | {5B6962DD-3F90-4C93-8F61-EABFA4A803E2} | Write 5B6962DD-3F90-4C93-8F61-EABFA4A803E2
          uuid      | urn:uuid:5b6962dd-3f90-4c93-8f61-eabfa4a803e2 | Write 5b6962dd-3f90-4c93-8f61-eabfa4a803e2
          uuid      | 5b6962dd3f904c938f61eabfa4a803e2       | Write 5b6962dd-3f90-4c93-8f61-eabfa4a803e2
          timeuuid  | {5b6962dd-3f90-4c93-8f61-eabfa4a803e2} |
          blob      | a bc                                   | In a query a plus sign is %2B: a%2Bbc
          blob      | AB==                                   |
          ascii     | ä                                      |
          list      | 1,2                                    |
          list      | '[1,2]'                                | Write [1,2]
          """)
  void suggestsWhatIsOfTheType(String type, String text, String hint) {
    Column column =
        Tables.table("t").partitionKey("c", TYPES.get(type)).build().primaryKey().get(0);
    ApiException e = assertThrows(ApiException.class, () -> Value.parse(column, text));
    assertEquals(hint, e.members().get("hint"));
  }
}
