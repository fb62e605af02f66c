package dev.ringlet.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CqlScriptTest {
  private static List<String> texts(String cql) {
    return CqlScript.statements(cql).stream().map(CqlStatement::text).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'a;b', 'it''s;' FROM t",
        "SELECT \"a;b\", \"c\"\";\" FROM t",
        "CREATE FUNCTION f() RETURNS NULL ON NULL INPUT RETURNS int LANGUAGE java AS $$ return 'x;\"; $$",
        "SELECT a -- one; two\nFROM t",
        "SELECT a // it's; so\nFROM t",
        "SELECT a /* \" ; -- \n ; */ FROM t",
        "BEGIN BATCH INSERT INTO t (k) VALUES (1); INSERT INTO t (k) VALUES (2); APPLY BATCH",
        "begin unlogged batch using timestamp 1 delete from t where k = 1; apply  batch",
        "BEGIN COUNTER BATCH UPDATE c SET n = n + 1 WHERE k = 'APPLY BATCH'; APPLY BATCH",
        "SELECT 'no end; and more",
        "SELECT \"no end; and more",
        "CREATE FUNCTION f AS $$ no end; and more"
      })
  void whatIsQuotedEndsNoStatement(String statement) {
    assertEquals(List.of(statement), texts(statement));
    assertEquals(List.of("SELECT 0", statement), texts("SELECT 0;" + statement));
  }

  @Test
  void statementsAreBetweenSemicolons() {
    assertEquals(
        List.of("USE a", "SELECT 1", "SELECT 2"), texts("USE a;;SELECT 1 ; ;\nSELECT 2\n"));
    assertEquals(List.of(), texts(""));
    assertEquals(List.of(), texts(" ;\n; -- nothing; to do\n /* ; */ // ;"));
  }

  /** Whatever the line ends. */
  @Test
  void eachBeginsAtALine() {
    String cql =
        "-- a table;\n\nCREATE TABLE t (\n  k int);\r\n/* a\nrow */ INSERT INTO t;  SELECT\n  1";
    assertEquals(
        List.of(
            new CqlStatement("CREATE TABLE t (\n  k int)", 3),
            new CqlStatement("INSERT INTO t", 6),
            new CqlStatement("SELECT\n  1", 6)),
        CqlScript.statements(cql));
  }

  @Test
  void aMessageOfCassandraIsAboutALineOfTheScript() {
    CqlStatement statement = new CqlStatement("SELECT\n  x", 6);
    String ofSyntax = "line 2:3 no viable alternative at input 'x'";
    assertEquals(7, statement.line(ofSyntax));
    assertEquals("no viable alternative at input 'x'", CqlStatement.reason(ofSyntax));
    assertEquals(7, statement.line("line 0:-1 no viable alternative at input '<EOF>'"));
    String ofMeaning = "table t does not exist";
    assertEquals(6, statement.line(ofMeaning));
    assertEquals(ofMeaning, CqlStatement.reason(ofMeaning));
  }

  /** As long as a body may be, in no more time than that takes; nothing of it is on the stack. */
  @Test
  void theyMayBeLong() {
    String text = "'" + "''x".repeat(100_000) + "'";
    String comments = "\n-- c".repeat(50_000);
    String statements = "\nSELECT 1;".repeat(100_000);
    String batch = "BEGIN BATCH " + "INSERT;".repeat(50_000) + "APPLY BATCH";
    assertEquals(2, texts("SELECT " + text + ";" + comments + "\nSELECT " + comments).size());
    assertEquals(1, texts(batch).size());
    List<CqlStatement> many = CqlScript.statements(statements);
    assertEquals(new CqlStatement("SELECT 1", 100_001), many.get(99_999));
  }
}
