package dev.ringlet.faults;

/**
 * A row with a text in all of its columns but c, which has the form in which the row is sent.
 *
 * @param form of the request that writes it
 */
record InjectedRow(String form, String text) {

  String json() {
    String t = Text.json(text);
    return "{\"k\":%s,\"c\":\"%s\",\"t\":%s,\"m\":{%s:%s},\"s\":[%s]}"
        .formatted(t, form, t, t, t, t);
  }

  String method() {
    return switch (form) {
      case "put", "condition" -> "PUT";
      case "patch" -> "PATCH";
      default -> "POST";
    };
  }

  /**
   * @param table its path
   */
  String path(String table) {
    return switch (form) {
      case "batch", "replace" -> "/v1";
      default -> method().equals("POST") ? table : key(table);
    };
  }

  private String key(String table) {
    return table + "/" + Text.percent(text) + "/" + form;
  }

  String header() {
    return switch (form) {
      case "atomic" -> "Prefer: atomic\r\n";
      case "ndjson" -> "Content-Type: application/x-ndjson\r\n";
      case "csv" -> "Content-Type: text/csv\r\n";
      case "condition" -> "If-None-Match: *\r\n";
      default -> "";
    };
  }

  String body(String table) {
    return switch (form) {
      case "batch" -> "[{\"insert\":\"" + table + "\",\"row\":" + json() + "}]";
      case "replace" -> "[{\"replace\":" + Text.json(key(table)) + ",\"row\":" + json() + "}]";
      case "array", "atomic" -> "[" + json() + "]";
      case "patch" -> merge();
      case "csv" -> csv();
      default -> json();
    };
  }

  /** The map as pairs: an object with a member like $add would be operators. */
  private String merge() {
    String t = Text.json(text);
    return "{\"t\":%s,\"m\":[[%s,%s]],\"s\":{\"$add\":[%s]}}".formatted(t, t, t, t);
  }

  private String csv() {
    String t = Text.json(text);
    String field = Text.csv(text);
    String map = Text.csv("{" + t + ":" + t + "}");
    return "\"k\",c,t,m,s\n%s,csv,%s,%s,%s\n".formatted(field, field, map, Text.csv("[" + t + "]"));
  }
}
