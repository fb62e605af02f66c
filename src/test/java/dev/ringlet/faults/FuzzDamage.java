package dev.ringlet.faults;

import java.util.List;

/** Makes something of a request wrong. */
final class FuzzDamage {
  private static final List<String> METHODS =
      List.of(
          "GET",
          "PUT",
          "PATCH",
          "POST",
          "DELETE",
          "HEAD",
          "OPTIONS",
          "TRACE",
          "get",
          "FOO",
          "PROPFIND",
          "M-SEARCH",
          "G\u00e9T");
  private static final List<String> SEGMENTS =
      List.of(
          "",
          ".",
          "..",
          "%2e%2e",
          "%2F",
          "%",
          "%zz",
          "%ff",
          "%c0%ae",
          ";",
          ";a=b",
          "x",
          "{",
          "\"",
          "system",
          "system_schema",
          "..;");
  private static final List<String> PATHS =
      List.of(
          "",
          "v1",
          "v1/",
          "/",
          "v1//x",
          "q/health",
          "v1/system/local",
          "%76%31",
          "v1/../v1",
          "v1;a=b",
          "v1/fuzz",
          "v2",
          "favicon.ico");
  private static final List<String> PARAMETERS =
      List.of(
          "select",
          "order",
          "limit",
          "after",
          "scan",
          "split",
          "explain",
          "group",
          "distinct",
          "per_partition",
          "op",
          "ttl",
          "timestamp",
          "columns",
          "forms");
  private static final List<String> ARGUMENTS =
      List.of(
          "",
          "true",
          "false",
          "0",
          "-1",
          "100",
          "101",
          "99999999999",
          "0/4",
          "5/4",
          "1/4097",
          "k",
          "nope",
          "k,k",
          "k.asc",
          "t.desc",
          "ve.ann.[1,2]",
          "ve.ann.x",
          "ttl(k)",
          "now()",
          "count()",
          "token()",
          "cast(k%20as%20text)",
          "similarity_cosine(ve,[1,0,0])",
          "all",
          "a:b:c",
          "delete",
          "insert",
          "(",
          ",");
  private static final List<String> OPERATORS =
      List.of("eq", "in", "lt", "gte", "like", "contains", "contains_key", "entry", "neq", "");
  private static final List<String> TYPES =
      List.of(
          "application/xml",
          "multipart/form-data",
          "text/csv",
          "text/csv;header=absent",
          "text/csv;dialect=cqlsh",
          "text/csv;dialect=dsbulk;delimiter=\";\"",
          "text/csv;dialect=excel",
          "application/x-ndjson",
          "application/merge-patch+json",
          "application/json;charset=utf-8",
          "application/cloudevents+json",
          "application/cloudevents-batch+json",
          "json",
          "/",
          "a/b;c",
          "");
  private static final List<String> CHARACTERS =
      List.of("", "\u0000", "\"", "{", "}", "[", "]", ",", ":", "\\", "\u00ff", "9", "\n");

  private final Dice dice;
  private final FuzzValues values;
  private final FuzzHeaders headers;

  FuzzDamage(Dice dice, FuzzValues values, FuzzHeaders headers) {
    this.dice = dice;
    this.values = values;
    this.headers = headers;
  }

  void apply(FuzzRequest request) {
    switch (dice.below(request.body.isEmpty() ? 9 : 15)) {
      case 0 -> request.method = dice.one(METHODS);
      case 1, 2, 3 -> path(request);
      case 4, 5, 6 -> query(request);
      case 7, 8 -> request.headers.add(headers.wild());
      case 9 -> request.type = dice.one(TYPES);
      default -> body(request);
    }
  }

  private void path(FuzzRequest request) {
    List<String> path = request.path;
    int at = dice.percent(15) ? dice.below(path.size()) : Math.min(3, path.size() - 1);
    switch (dice.below(7)) {
      case 0 -> path.set(at, dice.one(SEGMENTS));
      case 1 -> path.add(dice.one(SEGMENTS));
      case 2, 3 -> path.set(at, encoded(values.wild()));
      case 4 -> path.add(encoded(values.wild()));
      case 5 -> path.subList(at + 1, path.size()).clear();
      default -> {
        path.clear();
        path.add(dice.one(PATHS));
      }
    }
  }

  private void query(FuzzRequest request) {
    List<String> query = request.query;
    switch (dice.below(query.isEmpty() ? 4 : 6)) {
      case 0, 1 -> query.add(dice.one(PARAMETERS) + "=" + argument());
      case 2 -> query.add(name() + "=" + dice.one(OPERATORS) + "." + encoded(values.wild()));
      case 3 -> query.add(name() + "=" + encoded(values.wild()));
      case 4 -> query.add(dice.one(query));
      default -> query.set(dice.below(query.size()), encoded(values.wild()));
    }
  }

  private String argument() {
    return dice.percent(60) ? dice.one(ARGUMENTS) : encoded(values.wild());
  }

  private String name() {
    return Text.name(column());
  }

  private String encoded(String text) {
    return dice.percent(97) ? Text.percent(text) : Text.latin(text).replaceAll("[\r\n ]", "");
  }

  private void body(FuzzRequest request) {
    String body = request.body;
    int at = dice.below(body.length());
    String rest = body.substring(at + 1);
    switch (dice.below(12)) {
      case 0, 1 -> request.body = body.substring(0, at) + dice.one(CHARACTERS) + rest;
      case 2 -> request.body = body.substring(0, at);
      case 3 -> request.body = body + body;
      case 4 -> request.body(values.wildJson(3));
      case 5 -> request.body(values.wild());
      case 6 -> request.body = "[".repeat(dice.below(300)) + body;
      case 7 -> request.body = body.replaceFirst("\\{", "{" + duplicate(body));
      case 8 -> request.body = body + " ".repeat(dice.percent(20) ? 40_000 : 10);
      default -> request.body = member(body);
    }
  }

  /** The first member once more. */
  private static String duplicate(String body) {
    return body.matches("(?s)\\{\"k\":.*") ? "\"k\":1," : "\"t\":null,\"t\":null,";
  }

  /** One more, of a column that the table may have. */
  private String member(String body) {
    String name = dice.percent(80) ? column() : values.wild();
    String member = Text.latin(Text.json(name) + ":" + values.wildJson(2));
    int end = body.lastIndexOf('}');
    return end < 1
        ? "{" + member + "}"
        : body.substring(0, end)
            + (body.charAt(end - 1) == '{' ? "" : ",")
            + member
            + body.substring(end);
  }

  private String column() {
    return dice.one(dice.one(FuzzTable.ALL).columns()).name();
  }
}
