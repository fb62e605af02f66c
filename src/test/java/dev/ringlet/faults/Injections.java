package dev.ringlet.faults;

import java.util.List;

/** Texts that would do something if they ever were part of a statement, a path or a log. */
final class Injections {
  private Injections() {}

  private static final List<String> CQL =
      List.of(
          "'; DROP TABLE witness; --",
          "; DROP TABLE witness",
          "x' OR '1'='1",
          "' OR '1'='1",
          "\" OR \"\"=\"",
          "\"; DROP KEYSPACE injection; --",
          "') IF NOT EXISTS; --",
          "1; TRUNCATE witness",
          "t\" = 'x' WHERE k = 'witness' --",
          "k FROM injection.witness; --",
          "BEGIN BATCH DELETE FROM witness WHERE k = 'a'; APPLY BATCH",
          "/* */",
          "/*",
          "--",
          "//",
          "$$; DROP TABLE witness; $$",
          "now()",
          "uuid()",
          "token(k)",
          "writetime(t)",
          "toJson(t)",
          "count(*)",
          "*",
          "system.local",
          "?",
          ":k",
          "{?}",
          "ALLOW FILTERING",
          "k = 1 AND t",
          "'",
          "''",
          "\"",
          "\"\"",
          "\\",
          "\\\"",
          "\\'",
          "`");

  private static final List<String> PATHS_AND_HEADERS =
      List.of(
          "%00",
          "%2e%2e%2f",
          "%252e%252e%252f",
          "%c0%ae%c0%ae",
          "../../etc/passwd",
          "..\\..",
          "a/b",
          "a;b",
          "a&b=c",
          "a?b#c",
          "a+b",
          "\u0000",
          "a\u0000b",
          "\r\nX-Injected: 1\r\n\r\n",
          "x\nX-Injected: 1",
          "\u010d\u010aX-Injected: 1",
          "\u2028X-Injected: 1",
          "\n",
          "\t",
          "\u001b[31m",
          "{\"level\":\"ERROR\",\"message\":\"forged\"}",
          "\n{\"level\":\"ERROR\",\"message\":\"forged\"}");

  private static final List<String> TEMPLATES =
      List.of(
          "%s",
          "%n%n",
          "{0}",
          "${jndi:ldap://127.0.0.1/x}",
          "${user.home}",
          "#{7*7}",
          "{{7*7}}",
          "<script>alert(1)</script>",
          "=1+1",
          "@SUM(1)",
          "$add",
          "$set",
          "__proto__",
          "eq.x",
          "in.(a,b)",
          "null",
          "NULL",
          "true",
          "[]",
          "{}",
          "NaN",
          "a,b",
          "a:b",
          "a=b",
          " a ",
          "~");

  /** Letters that look like others, have no width, or turn the text around. */
  private static final List<String> UNICODE =
      List.of(
          "\u00e9",
          "e\u0301",
          "\u65e5\u672c\u8a9e",
          "\uD83D\uDE00",
          "\u202Eabc",
          "\uFEFF",
          "\u200B",
          "\u0130\u0131",
          "\uFFFF",
          "\u02b9; DROP TABLE witness",
          "\uff07 OR \uff071\uff07=\uff071",
          "\u2019; DROP TABLE witness; \u2013\u2013",
          "w\u0456tness",
          "witness\u0000",
          "\uff0e\uff0e\uff0f");

  static final List<String> TEXTS =
      List.of(CQL, PATHS_AND_HEADERS, TEMPLATES, UNICODE).stream().flatMap(List::stream).toList();
}
