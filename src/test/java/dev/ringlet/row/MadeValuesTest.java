package dev.ringlet.row;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MadeValuesTest {
  private static final Table TABLE =
      Tables.table("t")
          .partitionKey("k", DataTypes.TIMEUUID)
          .regular("d", DataTypes.DATE)
          .regular("f", DataTypes.frozenMapOf(DataTypes.TEXT, DataTypes.BOOLEAN))
          .regular("i", DataTypes.INT)
          .regular("k2", DataTypes.TIMEUUID)
          .regular("l", DataTypes.listOf(DataTypes.TIMESTAMP))
          .regular("m", DataTypes.mapOf(DataTypes.TEXT, DataTypes.BOOLEAN))
          .regular("t", DataTypes.TIME)
          .regular("ts", DataTypes.TIMESTAMP)
          .regular("u", DataTypes.UUID)
          .regular("v", DataTypes.TEXT)
          .build();
  private static final String ALL =
      "{\"k\":$now,\"k2\":$now,\"ts\":$now,\"d\":$now,\"t\":$now,\"u\":$uuid}"
          .replace("$now", "{\"$now\":true}")
          .replace("$uuid", "{\"$uuid\" : true }");

  @Test
  void aRowHasOneMoment() {
    Instant before = Instant.now();
    Map<String, String> row = read(ALL);
    Instant now = Instant.parse(row.get("ts"));
    assertFalse(now.isBefore(before.minusMillis(1)), now + " is before " + before);
    assertFalse(now.isAfter(Instant.now().plusSeconds(1)), now + " is to come");
    assertEquals(now.toEpochMilli(), Uuids.unixTimestamp(UUID.fromString(row.get("k"))));
    assertEquals(now.atOffset(ZoneOffset.UTC).toLocalDate().toString(), row.get("d"));
    String time = now.atOffset(ZoneOffset.UTC).toLocalTime().toString();
    assertEquals(time.substring(0, 8), row.get("t").substring(0, 8));
    assertNotEquals(row.get("k"), row.get("k2"));
    assertEquals(4, UUID.fromString(row.get("u")).version());
  }

  @Test
  void noUuidIsMadeTwice() {
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      Map<String, String> row = read(ALL);
      made.add(row.get("k"));
      made.add(row.get("k2"));
      made.add(row.get("u"));
    }
    assertEquals(3000, made.size());
  }

  @Test
  void theyStayHoweverOftenTheRowIsRead() {
    RowBody row = TestRows.row(ALL);
    Map<String, String> first = read(row, TABLE);
    assertEquals(first, read(row, TABLE));
    Map<String, String> changes =
        row.changes(TABLE).entrySet().stream()
            .collect(
                Collectors.toMap(e -> e.getKey().name(), e -> e.getValue().get(0).value().text()));
    assertEquals(first, changes);
  }

  @Test
  void anotherColumnOfTheNameHasAnotherOne() {
    RowBody row = TestRows.row("{\"k\":{\"$now\":true},\"a\":{\"$now\":true}}");
    Tables table = Tables.table("t").partitionKey("k", DataTypes.TIMEUUID);
    Map<String, String> first = read(row, table.regular("a", DataTypes.TIMESTAMP).build());
    Tables altered = Tables.table("t").partitionKey("k", DataTypes.TIMEUUID);
    Map<String, String> then = read(row, altered.regular("a", DataTypes.DATE).build());
    assertEquals(first.get("k"), then.get("k"));
    assertEquals(first.get("a").substring(0, 10), then.get("a"));
  }

  @Test
  void timeUuidsGrowThoughTheClockStandsAndNoTwoProcessesShareThem() {
    Clock stopped = Clock.fixed(Instant.parse("2026-11-22T10:00:00.123456789Z"), ZoneOffset.UTC);
    TimeUuids one = new TimeUuids(stopped);
    TimeUuids other = new TimeUuids(stopped);
    long first = one.next();
    UUID uuid = one.at(first);
    assertEquals(Instant.parse("2026-11-22T10:00:00.123456700Z"), TimeUuids.instant(first));
    assertEquals(first, uuid.timestamp());
    assertEquals(1, uuid.version());
    assertEquals(2, uuid.variant());
    assertEquals(1, uuid.node() >> 40 & 1, "a node of a network card");
    assertEquals(first + 1, one.next());
    UUID others = other.at(other.next());
    assertEquals(uuid.timestamp(), others.timestamp());
    assertNotEquals(uuid, others);
  }

  @Test
  void patchMakesThemToo() {
    Map<String, Value> changes =
        TestRows.row("{\"ts\":{\"$now\":true},\"u\":{\"$uuid\":true}}")
            .changes(TABLE)
            .entrySet()
            .stream()
            .collect(Collectors.toMap(e -> e.getKey().name(), e -> e.getValue().get(0).value()));
    assertEquals(8, changes.get("ts").bytes().remaining());
    assertTrue(changes.get("ts").isIdempotent());
    assertEquals(4, UUID.fromString(changes.get("u").text()).version());
  }

  @Test
  void inAMapItIsAKey() {
    Map<String, String> row = read("{\"f\":{\"$now\":true},\"m\":{\"$uuid\":true}}");
    assertEquals("{\"$now\":true}", row.get("f"));
    assertEquals("{\"$uuid\":true}", row.get("m"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ts\":{\"$now\":false}}",
        "{\"ts\":{\"$now\":\"true\"}}",
        "{\"ts\":{\"$now\":{}}}",
        "{\"ts\":{\"$now\":true,\"x\":1}}",
        "{\"ts\":{}}",
        "{\"ts\":{\"$uuid\":true}}",
        "{\"ts\":{\"now\":true}}",
        "{\"k\":{\"$uuid\":true}}",
        "{\"u\":{\"$now\":true}}",
        "{\"i\":{\"$now\":true}}",
        "{\"v\":{\"$now\":true}}",
        "{\"l\":[{\"$now\":true}]}",
        "{\"l\":{\"$now\":true}}"
      })
  void anythingElseIsRefused(String body) {
    ApiException read = assertThrows(ApiException.class, () -> read(body));
    assertEquals(ErrorCode.INVALID_VALUE, read.code());
    assertTrue(read.members().get("pointer").toString().startsWith("/" + body.charAt(2)));
    ApiException changed =
        assertThrows(ApiException.class, () -> TestRows.row(body).changes(TABLE));
    assertEquals(ErrorCode.INVALID_VALUE, changed.code());
  }

  @ParameterizedTest
  @CsvSource({
    "ts, now()",
    "ts, NOW",
    "ts, toTimestamp(now())",
    "ts, currentTimestamp()",
    "ts, CURRENT_TIMESTAMP",
    "d, current_date",
    "d, toDate(now())",
    "t, currentTime()",
    "k, now()",
    "k, uuid()",
    "ts, $now"
  })
  void whoWritesAFunctionIsToldOfNow(String column, String text) {
    assertEquals("The value is made here by {\"$now\": true}", hint(column, text));
  }

  @Test
  void whoWritesAFunctionIsToldOfUuid() {
    assertEquals("The value is made here by {\"$uuid\": true}", hint("u", "uuid()"));
    assertEquals("The value is made here by {\"$uuid\": true}", hint("u", "gen_random_uuid()"));
  }

  private Object hint(String column, String text) {
    String body = "{\"" + column + "\":\"" + text + "\"}";
    return assertThrows(ApiException.class, () -> read(body)).members().get("hint");
  }

  private Map<String, String> read(String body) {
    return read(TestRows.row(body), TABLE);
  }

  private static Map<String, String> read(RowBody row, Table table) {
    return row.values(table).entrySet().stream()
        .collect(Collectors.toMap(e -> e.getKey().name(), e -> e.getValue().text()));
  }
}
