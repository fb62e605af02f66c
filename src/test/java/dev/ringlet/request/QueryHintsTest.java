package dev.ringlet.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringlet.error.ApiException;
import dev.ringlet.header.TestOptions;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said to somebody who writes queries as other APIs, SQL or CQL have them. */
class QueryHintsTest {
  private static final String EQUAL = "To find rows by this value write ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          day=ge.2026-11-22        | Write day=gte.2026-11-22
          day=le.5                 | Write day=lte.5
          day=GTE.5                | Write day=gte.5
          day=eq:5                 | Write day=eq.5
          day=eq(5)                | Write day=eq.5
          day=gt 5                 | Write day=gt.5
          day=ge2026-11-22         | Write day=gte.2026-11-22
          day=>=5                  | Write day=gte.5
          day>5                    | Write day=gt.5
          day>=5                   | Write day=gte.5
          day<=5                   | Write day=lte.5
          day<>5                   | NOT
          day!=5                   | NOT
          a==b                     | Write a=eq.b
          a=='b'                   | Write a=eq.b
          day[gte]=5               | Write day=gte.5
          day[$lt]=5               | Write day=lt.5
          day__lte=5               | Write day=lte.5
          day.lte=5                | Write day=lte.5
          day=eq                   | Write day=eq.value
          day=IN                   | Write day=in.(a,b,"c,d")
          a=ne.5                   | NOT
          a=neq.5                  | NOT
          a=not.eq.5               | NOT
          a=nin.(1,2)              | NOT
          a=is.null                | NULL
          a=is.not_null            | NULL
          a=is null                | NULL
          a=null                   | NULL
          a=is.true                | Write a=eq.true
          a=isnull.true            | NULL
          a=between.1,5            | The ends of a range are two filters: a=gte.…&a=lte.…
          a=between 1 and 5        | The ends of a range are two filters: a=gte.…&a=lte.…
          a=in(1,2)                | Write a=in.(1,2)
          a=in (1,2)               | Write a=in.(1,2)
          a=oneof.(1,2)            | Write a=in.(1,2)
          a=ilike.x*               | TEXT
          a=fts.word               | TEXT
          a=cs.x                   | Write a=contains.x
          a=contians.x             | Did you mean contains?
          a=eqq.1                  | Did you mean eq?
          a=gtr.1                  | Did you mean gt?
          day=2026-11-22           | EQUAL day=eq.2026-11-22
          a=x%26y                  | EQUAL a=eq.…
          a b=5                    | EQUAL column=eq.5
          a='x y'                  | EQUAL a=eq.…
          a='x'                    | EQUAL a=eq.x
          host=example.org         | EQUAL host=eq.example.org
          temperature=-1.5         | EQUAL temperature=eq.-1.5
          status=in progress       | EQUAL status=eq.…
          status=not started       | EQUAL status=eq.…
          a                        | EQUAL a=eq.…
          """)
  void saysHowAFilterIsWritten(String query, String hint) {
    String expected =
        hint.replace("EQUAL ", EQUAL)
            .replaceFirst("^NOT$", FilterHints.NOT)
            .replaceFirst("^NULL$", FilterHints.NULL)
            .replaceFirst("^TEXT$", FilterHints.TEXT);
    assertEquals(expected, hint(query, QueryHintsTest::read));
    assertEquals(expected, hint(query, QueryHintsTest::delete));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          page=2               | The header Link has the path of the next page: there are no page numbers and no offsets. For a column of this name write page=eq.2
          offset=10            | The header Link has the path of the next page: there are no page numbers and no offsets. For a column of this name write offset=eq.10
          page[number]=2       | The header Link has the path of the next page: there are no page numbers and no offsets.
          per_page=50          | limit=n is the number of rows in a page. For a column of this name write per_page=eq.50
          $top=50              | limit=n is the number of rows in a page.
          where=a              | A filter is a parameter of its own: column=eq.value. For a column of this name write where=eq.a
          order_by=day         | Rows are ordered by order=column.asc or order=column.desc. For a column of this name write order_by=eq.day
          sort=day             | Rows are ordered by order=column.asc or order=column.desc. For a column of this name write sort=eq.day
          or=(a.eq.1,b.eq.2)   | No operator says or: in.(a,b) takes several values of one column; otherwise send a request for each.
          ttl=60               | The TTL is the header Cassandra-TTL. For a column of this name write ttl=eq.60
          sacn=true            | Did you mean scan?
          limt=5               | Did you mean limit?
          limit=0              | All rows are the answer to Accept: application/x-ndjson without a limit.
          limit=all            | All rows are the answer to Accept: application/x-ndjson without a limit.
          limit=10,20          | The header Link has the path of the next page: there are no page numbers and no offsets.
          limit=x              |
          order=day            | Write order=day.asc or order=day.desc
          order=day desc       | Write order=day.desc
          order=day.DESC       | Write order=day.desc
          order=day:asc        | Write order=day.asc
          order=-day           | Write order=day.desc
          order=%2Bday         | Write order=day.asc
          order=day.desc.nullslast | Write order=day.desc
          order=a(b)           |
          """)
  void saysWhatIsHereInsteadOfAParameter(String query, String hint) {
    assertEquals(hint, hint(query, QueryHintsTest::read));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ttl=60       | The TTL is the header Cassandra-TTL.
          USING_TTL=60 | The TTL is the header Cassandra-TTL.
          timestamp=1  | The write timestamp is the header Cassandra-Timestamp.
          limit=5      |
          page=2       |
          """)
  void saysToAWriteWhichHeaderThereIsInstead(String query, String hint) {
    assertEquals(hint, hint(query, LoneParameter::requireNone));
    assertEquals(hint, hint(query, QueryHintsTest::post));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          op=DELETE            | Did you mean delete?
          op=upsert            | POST writes over a row that is there; op=merge changes rows as PATCH does.
          op=                  |
          op=delete&op=delete  |
          """)
  void saysWhichOperationsPostHas(String query, String hint) {
    assertEquals(hint, hint(query, QueryHintsTest::post));
  }

  @Test
  void looksAtNothingThatIsVeryLong() {
    String longest = "a".repeat(195);
    assertEquals("Write column=gte.5", hint(longest + "[gte]=5", QueryHintsTest::read));
    assertEquals(EQUAL + "column=eq.5", hint("a" + longest + "[gte]=5", QueryHintsTest::read));
    String hostile = "a" + "__a".repeat(10_000) + "-";
    assertEquals(EQUAL + "column=eq.5", hint(hostile + "=5", QueryHintsTest::read));
  }

  @ParameterizedTest
  @CsvSource({"limit=1,", "sacn=true, EQUAL sacn=eq.true", "page=2, EQUAL page=eq.2"})
  void suggestsToADeleteNoParameterOfReads(String query, String hint) {
    assertEquals(
        hint == null ? null : hint.replace("EQUAL ", EQUAL), hint(query, QueryHintsTest::delete));
  }

  private static Object hint(String query, Consumer<String> parser) {
    ApiException e = assertThrows(ApiException.class, () -> parser.accept(query), query);
    assertEquals(400, e.code().status());
    return e.members().get("hint");
  }

  private static void read(String query) {
    var unused = QueryParser.parse(query, TestOptions.LIMITS);
  }

  private static void post(String query) {
    var unused = RowsQuery.parse(query).operation();
  }

  private static void delete(String query) {
    var unused = QueryParser.filters(query, TestOptions.LIMITS);
  }

  /** No part of it is looked at twice: this would take hours. */
  @Test
  void whatIsNoOrderMayBeLong() {
    String item = "day" + ".".repeat(1_000_000) + "\nx";
    ApiException e = assertThrows(ApiException.class, () -> OrderParser.parse(item));
    assertEquals("Write order=day.asc or order=day.desc", e.members().get("hint"));
  }
}
