package dev.ringlet.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names as CQL writes them; SelectingTest holds them against Cassandra. */
class ColumnTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "v, v",
        "V, \"V\"",
        "select, \"select\"",
        "true, \"true\"",
        "false, \"false\"",
        "json, \"json\"",
        "distinct, \"distinct\"",
        "ttl, ttl"
      })
  void areQuotedWhereTheyMustBe(String name, String cql) {
    assertEquals(cql, Column.cql(CqlIdentifier.fromInternal(name)));
  }
}
