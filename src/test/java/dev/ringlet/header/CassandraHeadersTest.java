package dev.ringlet.header;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CassandraHeadersTest {
  @ParameterizedTest
  @CsvSource({
    "Cassandra-TLL, Did you mean Cassandra-TTL?",
    "cassandra-tll, Did you mean Cassandra-TTL?",
    "CASSANDRA-CONSISTENCE, Did you mean Cassandra-Consistency?",
    "Cassandra-Time-Stamp, Did you mean Cassandra-Timestamp?",
    "Cassandra-Serialconsistency, Did you mean Cassandra-Serial-Consistency?",
    "Cassandra-Foo, ",
    "Cassandra-, "
  })
  void refusesAHeaderOfOursThatItDoesNotKnow(String name, String hint) {
    Map<String, String> headers = Map.of(name, "60");
    ApiException e =
        assertThrows(ApiException.class, () -> CassandraHeaders.requireKnown(headers.entrySet()));
    assertEquals(ErrorCode.INVALID_HEADER, e.code());
    assertEquals(name, e.members().get("header"));
    assertEquals(hint, e.members().get("hint"));
  }

  @Test
  void takesItsHeadersInAnyCaseAndThoseOfOthers() {
    CassandraHeaders.requireKnown(
        Map.of(
                "cassandra-ttl",
                "1",
                "CASSANDRA-TIMESTAMP",
                "1",
                "X-Cassandra-TLL",
                "1",
                "Cassandra",
                "")
            .entrySet());
  }
}
