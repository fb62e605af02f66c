package dev.ringlet.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.TestOptions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each operator is: a row for each. */
class OperatorTest {
  private record Row(
      Operator operator, String filter, List<String> operands, String relation, String effect) {}

  private static final List<Row> ROWS =
      List.of(
          new Row(Operator.EQ, "eq.1,2", List.of("1,2"), "c = ?", "picks"),
          new Row(Operator.IN, "in.(1,2)", List.of("1", "2"), "c IN ?", "picks"),
          new Row(Operator.LT, "lt.1", List.of("1"), "c < ?", "range, not with lte"),
          new Row(Operator.LTE, "lte.1", List.of("1"), "c <= ?", "range, not with lt"),
          new Row(Operator.GT, "gt.1", List.of("1"), "c > ?", "range, not with gte"),
          new Row(Operator.GTE, "gte.1", List.of("1"), "c >= ?", "range, not with gt"),
          new Row(Operator.CONTAINS, "contains.(1)", List.of("(1)"), "c CONTAINS ?", "inside"),
          new Row(
              Operator.CONTAINS_KEY, "contains_key.1", List.of("1"), "c CONTAINS KEY ?", "inside"),
          new Row(Operator.ENTRY, "entry.(1,2)", List.of("1", "2"), "c[?] = ?", "inside"),
          new Row(Operator.LIKE, "like.%25a", List.of("%a"), "c LIKE ?", ""),
          new Row(Operator.NE, "ne.1", List.of("1"), "c != ?", "condition"),
          new Row(Operator.IS, "is.null", List.of("null"), "c = ?", "condition"));

  static Stream<Row> rows() {
    return ROWS.stream();
  }

  @Test
  void thereIsARowForEach() {
    assertEquals(List.of(Operator.values()), ROWS.stream().map(Row::operator).toList());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isReadAndWrittenAsItsRowSays(Row row) {
    assertEquals(
        List.of(new Filter("c", row.operator(), row.operands())),
        QueryParser.write("c=" + row.filter(), TestOptions.LIMITS).filters());
    assertEquals(row.relation(), row.operator().relation("c"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void takesNoListWhereItHasOneOperandAndNoneButAListOtherwise(Row row) {
    String query = "c=" + row.operator().symbol() + ".1";
    if (row.operands().size() > 1) {
      ApiException e =
          assertThrows(
              ApiException.class, () -> QueryParser.filters(query, TestOptions.LIMITS), query);
      assertEquals(ErrorCode.INVALID_FILTER, e.code());
      assertTrue(e.detail().contains(row.operator().symbol() + ".("), e.detail());
    } else if (row.operator() != Operator.IS) {
      assertEquals(
          List.of("1"),
          QueryParser.write(query, TestOptions.LIMITS).filters().get(0).operands(),
          query);
    }
  }

  @Test
  void onlyConditionsTakeWhatIfAloneHas() {
    for (String query : List.of("c=ne.1", "c=is.null", "c=is.not_null")) {
      ApiException e =
          assertThrows(
              ApiException.class, () -> QueryParser.parse(query, TestOptions.LIMITS), query);
      assertEquals(ErrorCode.INVALID_FILTER, e.code());
      assertEquals(1, QueryParser.write(query, TestOptions.LIMITS).filters().size());
    }
    assertThrows(ApiException.class, () -> QueryParser.write("c=is.unknown", TestOptions.LIMITS));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void doesToAQueryWhatItsRowSays(Row row) {
    Operator operator = row.operator();
    assertEquals(row.effect().equals("picks"), operator.picks());
    assertEquals(row.effect().equals("inside"), operator.isInside());
    assertEquals(row.effect().equals("condition"), operator.isOfConditions());
    assertEquals(row.effect().startsWith("range"), operator.isRange());
    for (Row other : ROWS) {
      boolean ends =
          operator.isRange()
              && other.operator().isRange()
              && other.operator() != operator
              && !row.effect().endsWith(" " + other.operator().symbol());
      assertEquals(ends, operator.isOtherEnd(other.operator()), operator + " " + other.operator());
    }
  }
}
