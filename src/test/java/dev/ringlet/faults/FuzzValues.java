package dev.ringlet.faults;

import static java.util.Map.entry;

import dev.ringlet.faults.FuzzTable.Column;
import java.util.List;
import java.util.Map;

/** Values as JSON: those that fit a type, and those that fit nothing. */
final class FuzzValues {
  /** There are few rows, so that requests meet. */
  private static final int KEYS = 40;

  private static final String POINTS =
      "{\"x\":1,\"y\":\"a\"};{\"x\":null,\"y\":null};{\"y\":\"b\"}";

  private static final Map<String, List<String>> FITTING =
      Map.ofEntries(
          of("ascii", "\"x\";\"\";\"a b\";\"'--\""),
          of("blob", "\"AAEC\";\"AAE\";\"-_8\";\"/w==\""),
          of("bigint", "0;\"9223372036854775807\";-9223372036854775808;\"1e3\""),
          of("boolean", "true;false"),
          of("counter", "{\"$inc\":1};{\"$inc\":\"-2\"};{\"$inc\":1e2}"),
          of("date", "\"2026-11-22\";\"1969-12-31\";\"-0001-01-01\";\"+10000-01-01\""),
          of("decimal", "\"1.0\";\"1.00\";\"1E-7\";-0.5;1e20;\"0\""),
          of("double", "0.1;-0;1e308;\"NaN\";\"-Infinity\";5e-324"),
          of("duration", "\"1mo2d3h\";\"P1M2DT3H\";\"0s\";\"-1y\";\"PT1.5H\""),
          of("float", "0.1;3.4028235e38;\"NaN\";\"Infinity\";1e-45"),
          of("inet", "\"::1\";\"127.0.0.1\";\"::ffff:1.2.3.4\";\"FE80::1.2.3.4\""),
          of("int", "0;1;-2147483648;2147483647;\"7\";1e2;5.0"),
          of("smallint", "-32768;32767;\"0\""),
          of("time", "\"10:00:00\";\"23:59:59.999999999\";\"10:00\""),
          of("timestamp", "\"2026-11-22 10:00Z\";\"1969-12-31T23:59:59.999999+01:00\";0;\"1\""),
          of("timeuuid", "\"50554d6e-29bb-11e5-b345-feff819cdc9f\""),
          of("tinyint", "-128;127;\"0\""),
          of(
              "uuid",
              "\"5b6962dd-3f90-4c93-8f61-eabfa4a803e2\";\"00000000-0000-0000-0000-000000000000\";"
                  + "\"50554D6E-29BB-11E5-B345-FEFF819CDC9F\""),
          of("varint", "\"1e900\";-1;0;123456789012345678901234567890"),
          of("list<int>", "[];[1];[3,\"2\",1];[1,1]"),
          of("set<text>", "[];[\"x\"];[\"y\",\"'\"]"),
          of("map<text, int>", "{};{\"a\":1};[[\"x\",1],[\"y\",2]]"),
          of("map<decimal, text>", "{\"1.0\":\"x\",\"1e5\":\"y\"};{}"),
          of("frozen<map<frozen<list<int>>, text>>", "[[[1,2],\"x\"]];{\"[3]\":\"y\"}"),
          of("frozen<list<text>>", "[\"a\",\"b\"];[\"a,b\"]"),
          of("point", POINTS),
          of("frozen<point>", POINTS),
          of("tuple<int, text>", "[1,\"x\"];[1];[null,\"y\"]"),
          of("vector<float, 3>", "[1,2,3];[0.5,-1,0]"));

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "-1",
          "0.1",
          "1e2",
          "2147483648",
          "-2147483649",
          "9223372036854775808",
          "1e400",
          "1e-400",
          "1e1000000000",
          "1e-1000000000",
          "1e99999999999",
          "-1E+308",
          "3.4028236e38",
          "1e1001",
          "0." + "0".repeat(990) + "1",
          "9".repeat(1000),
          "9".repeat(1001),
          "1e2147483647",
          "1e2147483648");

  private static final List<String> MEMBERS =
      List.of("\"$add\"", "\"$inc\"", "\"$remove\"", "\"$prepend\"", "\"x\"", "\"1\"", "\"a\"");

  private final Dice dice;

  FuzzValues(Dice dice) {
    this.dice = dice;
  }

  private static Map.Entry<String, List<String>> of(String type, String values) {
    return entry(type, List.of(values.split(";", -1)));
  }

  /** One that the column takes. */
  String fitting(Column column) {
    return column.type().equals("text") ? texts() : dice.one(FITTING.get(column.type()));
  }

  private String texts() {
    return switch (dice.below(10)) {
      case 0 -> Text.json(dice.one(Injections.TEXTS));
      case 1 -> Text.json("x".repeat(dice.below(200)));
      default -> dice.one(List.of("\"a\"", "\"b\"", "\"\"", "\"a b\"", "\"\u65e5\u672c\""));
    };
  }

  /** One that the column takes in a key. */
  String key(Column column) {
    return switch (column.type()) {
      case "int" -> Integer.toString(dice.below(KEYS));
      case "text" -> dice.one(List.of("\"a\"", "\"b\"", "\"c d\"", "\"\u65e5\"", "\"e/f\""));
      default -> dice.one(FITTING.get(column.type()));
    };
  }

  /** Any text. */
  String wild() {
    return switch (dice.below(10)) {
      case 0, 1, 2, 3 -> dice.one(Injections.TEXTS);
      case 4 -> dice.one(NUMBERS);
      case 5 -> Text.plain(fitting(dice.one(dice.one(FuzzTable.ALL).columns())));
      case 6 -> dice.one(dice.one(FuzzTable.ALL).columns()).name();
      case 7 -> Character.toString(dice.below(Character.MIN_SURROGATE));
      case 8 -> "x".repeat(dice.below(dice.percent(1) ? 35_000 : 300));
      default -> "2026-%d-%dT1%d:00Z".formatted(dice.below(14), dice.below(33), dice.below(10));
    };
  }

  /** Any JSON, and nearly JSON. */
  String wildJson(int depth) {
    return switch (dice.below(depth == 0 ? 4 : 7)) {
      case 0 -> dice.one(NUMBERS);
      case 1, 2 -> Text.json(wild());
      case 3 -> dice.one(List.of("null", "true", "false", "\"\"", "{}", "[]", "NaN"));
      case 4, 5 -> "[" + dice.some(4, ",", () -> wildJson(depth - 1)) + "]";
      default -> "{" + dice.some(3, ",", () -> dice.one(MEMBERS) + ":" + wildJson(depth - 1)) + "}";
    };
  }
}
