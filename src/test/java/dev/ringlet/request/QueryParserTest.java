package dev.ringlet.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.TestOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each production of the grammar, good and bad. */
class QueryParserTest {

  static Stream<Arguments> filters() {
    return Stream.of(
        filter("a=eq.1", "a", Operator.EQ, "1"),
        filter("a=eq.", "a", Operator.EQ, ""),
        filter("a=eq.x.y", "a", Operator.EQ, "x.y"),
        filter("a=lt.1", "a", Operator.LT, "1"),
        filter("a=lte.1", "a", Operator.LTE, "1"),
        filter("a=gt.-1", "a", Operator.GT, "-1"),
        filter("a=gte.1", "a", Operator.GTE, "1"),
        filter("a=eq.a%26b%3Dc", "a", Operator.EQ, "a&b=c"),
        filter("a=eq.b+c%2Bd", "a", Operator.EQ, "b c+d"),
        filter("a=in.(1,2)", "a", Operator.IN, "1", "2"),
        filter("a=in.(%22%22)", "a", Operator.IN, ""),
        filter("a=in.(a,%22b,c%22,%22q%5C%22%5C%5C%22)", "a", Operator.IN, "a", "b,c", "q\"\\"),
        filter("a=in.([1,2],[3])", "a", Operator.IN, "[1,2]", "[3]"),
        filter("a=in.(a],:),b)", "a", Operator.IN, "a]", ":)", "b"),
        filter("a=in.(5%22,6%22)", "a", Operator.IN, "5\"", "6\""),
        filter("a=in.(5%22,%226%22)", "a", Operator.IN, "5\"", "6"),
        filter("a=in.([%22b,c%22],d%22)", "a", Operator.IN, "[\"b,c\"]", "d\""),
        filter("a=in.(b,a%20(old)", "a", Operator.IN, "b", "a (old"),
        filter("a=contains.x", "a", Operator.CONTAINS, "x"),
        filter("a=contains_key.x", "a", Operator.CONTAINS_KEY, "x"),
        filter("a=entry.(k,%22v,w%22)", "a", Operator.ENTRY, "k", "v,w"),
        filter("a=like.%25x%25", "a", Operator.LIKE, "%x%"),
        filter("%22select%22=eq.1", "select", Operator.EQ, "1"),
        filter("%22a.b%5C%22%22=eq.1", "a.b\"", Operator.EQ, "1"));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void readsFilters(String query, Filter filter) {
    assertEquals(List.of(filter), parse(query).filters());
  }

  @Test
  void readsTheReservedParameters() {
    ReadQuery query =
        parse(
            "select=a,b:c,writetime(d),e:ttl(f),%22x,y%22:z&order=a.asc,%22b.c%22.desc&limit=5&after=T&scan=true&split=2/4096&explain=true");
    assertEquals(
        List.of(
            Selector.of("a"),
            new Selector(Optional.of("b"), column("c")),
            new Selector(Optional.empty(), call(Function.WRITETIME, column("d"))),
            new Selector(Optional.of("e"), call(Function.TTL, column("f"))),
            new Selector(Optional.of("x,y"), column("z"))),
        query.select());
    assertEquals("writetime(d)", query.select().get(2).name());
    assertEquals(
        List.of(
            new Order("a", Order.Direction.ASC, ""), new Order("b.c", Order.Direction.DESC, "")),
        query.order());
    assertEquals(Optional.of(5), query.limit());
    assertEquals(Optional.of("T"), query.after());
    assertEquals(true, query.scan());
    assertEquals(Optional.of(new Split(2, 4096)), query.split());
    assertEquals(true, query.explain());
  }

  @Test
  void aColonInsideOfQuotesEndsNoAlias() {
    assertEquals(
        List.of(
            new Selector(Optional.empty(), call(Function.WRITETIME, column("a:b"))),
            Selector.of("c:\":d"),
            new Selector(Optional.of("e:f"), column("g:h"))),
        parse("select=writetime(\"a:b\"),\"c:\\\":d\",\"e:f\":\"g:h\"").select());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "count() | count()",
        "count( ) | count()",
        "count(c) | count(c)",
        "sum(cast(c as int)) | sum(cast(c as int))",
        "cast(\"a as b\"  as  text) | cast(a as b as text)",
        "maxwritetime(m[k]) | maxwritetime(m[k])",
        "token() | token()",
        "tags[\"a,b\"] | tags[a,b]",
        "tags[a:b] | tags[a:b]",
        "\"tags\"[a:b].c | tags[a:b].c",
        "address.street | address.street",
        "\"address.street\" | address.street",
        "similarity_cosine(v, [0.5,1]) | similarity_cosine(v,[0.5,1])",
        "similarity_dot_product([1],max(v)) | similarity_dot_product([1],max(v))",
        "similarity(v) | similarity(v)",
        "lower(t) | lower(t)"
      })
  void anItemIsCalledAsItIsWritten(String item, String name) {
    assertEquals(name, parse("select=" + item.replace(" ", "+")).select().get(0).name());
  }

  @Test
  void eightFunctionsMayStandInsideOfEachOther() {
    String eight = "cast(".repeat(7) + "max(c)" + " as int)".repeat(7);
    assertEquals(eight, parse("select=" + eight.replace(" ", "+")).select().get(0).name());
    for (String nine : List.of("cast(" + eight + " as int)", eight.replace("(c)", "(min(c))"))) {
      ApiException e =
          assertThrows(ApiException.class, () -> parse("select=" + nine.replace(" ", "+")));
      assertEquals(ErrorCode.INVALID_PARAMETER, e.code());
      assertEquals(true, e.detail().contains("more than eight deep"), e.detail());
    }
  }

  @Test
  void readsWhatRowsAreMadeOne() {
    assertEquals(
        new Grouping(List.of("a", "b,c"), true, Optional.of(2)),
        parse("group=a,\"b,c\"&distinct=true&per_partition=2").grouping());
  }

  private static Expression column(String name) {
    return new Expression.At(Place.of(name));
  }

  private static Expression call(Function function, Expression... arguments) {
    return new Expression.Call(function, List.of(arguments));
  }

  @Test
  void readsAVectorSearch() {
    assertEquals(
        List.of(new Order("v", Order.Direction.ANN, "[0.1,0.2]")),
        parse("order=v.ann.[0.1,0.2]").order());
  }

  @Test
  void aDirectionInsideOfQuotesIsPartOfTheName() {
    assertEquals(
        List.of(
            new Order("a.ann.b", Order.Direction.ASC, ""),
            new Order("a\".ann.b", Order.Direction.DESC, ""),
            new Order(".ann.", Order.Direction.ANN, "[1,2]")),
        parse("order=\"a.ann.b\".asc,\"a\\\".ann.b\".desc,\".ann.\".ann.[1,2]").order());
    ApiException e = assertThrows(ApiException.class, () -> parse("order=\"a.ann.b\""));
    assertEquals(
        "An item of order is column.asc, column.desc or column.ann.[vector]; \"\"a.ann.b\"\" is none.",
        e.detail());
  }

  @Test
  void nothingIsAskedForByDefault() {
    ReadQuery nothing = parse(null);
    assertEquals(nothing, parse("&"));
    assertEquals(List.of(), nothing.filters());
    assertEquals(false, nothing.scan());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a                | INVALID_FILTER
          a=1              | INVALID_FILTER
          a=.1             | INVALID_FILTER
          a=ne.1           | INVALID_FILTER
          a=EQ.1           | INVALID_FILTER
          a=in.1,2         | INVALID_FILTER
          a=in.()          | INVALID_FILTER
          a=in.(x,)        | INVALID_FILTER
          a=in.(,x)        | INVALID_FILTER
          a=in.(x,,y)      | INVALID_FILTER
          a=entry.(k,)     | INVALID_FILTER
          a=in.(1,2        | INVALID_FILTER
          a=in.(a(old,b)   | INVALID_FILTER
          a=in.("1)        | INVALID_FILTER
          a=in.("1"x)      | INVALID_FILTER
          a=entry.(1)      | INVALID_FILTER
          a=entry.(1,2,3)  | INVALID_FILTER
          "a=eq.1          | INVALID_FILTER
          limit=0          | INVALID_PARAMETER
          limit=-1         | INVALID_PARAMETER
          limit=x          | INVALID_PARAMETER
          limit=           | INVALID_PARAMETER
          limit=2147483648 | INVALID_PARAMETER
          limit=99999999999 | INVALID_PARAMETER
          limit=1&limit=2  | INVALID_PARAMETER
          scan=yes         | INVALID_PARAMETER
          explain          | INVALID_PARAMETER
          split=0/4        | INVALID_PARAMETER
          split=5/4        | INVALID_PARAMETER
          split=1/4097     | INVALID_PARAMETER
          split=1          | INVALID_PARAMETER
          order=a          | INVALID_PARAMETER
          order=a.up       | INVALID_PARAMETER
          select=          | INVALID_PARAMETER
          select=a,,b      | INVALID_PARAMETER
          select=:a        | INVALID_PARAMETER
          select="a        | INVALID_PARAMETER
          a=eq.%zz         | INVALID_PARAMETER
          a=eq.%FF         | INVALID_PARAMETER
          """)
  void refusesWhatItDoesNotUnderstand(String query, ErrorCode code) {
    ApiException e = assertThrows(ApiException.class, () -> parse(query), query);
    assertEquals(code, e.code(), query);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          select=a,b,c                   | ''
          select=a,b,c,d                 | ringlet.select.max
          select=a,b,c,                  | ringlet.select.max
          select=a,b,c,d,"               | ringlet.select.max
          select="a,b,c,d"               | ''
          group=a,b,c                    | ''
          group=a,b,c,d                  | ringlet.select.max
          a=in.(1,2,3,4,5,6)             | ''
          a=in.(1,2,3,4,5,6,7)           | ringlet.in.max
          a=in.(1,2)&b=in.(1,2,3)        | ''
          a=in.(1,2)&b=eq.1&c=in.(1,2,3,4) | ringlet.in.max
          a=in.(1,2)&b=in.(1,2)&c=in.(1,2) | ringlet.in.max
          """)
  void refusesMoreThanItsLimits(String query, String limit) {
    QueryLimits limits = new QueryLimits(3, 6);
    if (limit.isEmpty()) {
      assertNotEquals(ReadQuery.ALL, QueryParser.parse(query, limits));
      return;
    }
    ApiException e =
        assertThrows(ApiException.class, () -> QueryParser.parse(query, limits), query);
    assertEquals(ErrorCode.LIMIT_EXCEEDED, e.code());
    assertEquals(limit, e.members().get("limit"));
  }

  @Test
  void aPairIsNoListWhateverTheLimits() {
    QueryLimits least = new QueryLimits(1, 1);
    assertEquals(1, QueryParser.parse("a=entry.(1,2)", least).filters().size());
    ApiException e =
        assertThrows(ApiException.class, () -> QueryParser.parse("a=entry.(1,2,3)", least));
    assertEquals(ErrorCode.INVALID_FILTER, e.code());
    e = assertThrows(ApiException.class, () -> QueryParser.filters("a=in.(1,2)", least));
    assertEquals(ErrorCode.LIMIT_EXCEEDED, e.code());
    assertEquals("a", e.members().get("column"));
  }

  @ParameterizedTest
  @CsvSource({
    "sacn=true, Did you mean scan?",
    "a=eqq.1, Did you mean eq?",
    "a=gtr.1, Did you mean gt?"
  })
  void suggestsWhatWasMeant(String query, String hint) {
    ApiException e = assertThrows(ApiException.class, () -> parse(query));
    assertEquals(hint, e.members().get("hint"));
  }

  @Test
  void deleteTakesFiltersAndNothingElse() {
    assertEquals(List.of(), ofDelete(null));
    assertEquals(List.of(), ofDelete(""));
    assertEquals(
        List.of(
            new Filter("b", Operator.GT, List.of("1")),
            new Filter("a", Operator.IN, List.of("2", "3")),
            new Filter("limit", Operator.EQ, List.of("5"))),
        ofDelete("b=gt.1&a=in.(2,3)&%22limit%22=eq.5"));
    for (String name :
        List.of("select", "order", "limit", "after", "scan", "split", "explain", "explain=true")) {
      ApiException e = assertThrows(ApiException.class, () -> ofDelete("a=eq.1&" + name), name);
      assertEquals(ErrorCode.INVALID_PARAMETER, e.code());
      assertEquals(name.replace("=true", ""), e.members().get("parameter"));
    }
    ApiException e = assertThrows(ApiException.class, () -> ofDelete("a=1"));
    assertEquals(ErrorCode.INVALID_FILTER, e.code());
  }

  @ParameterizedTest
  @CsvSource({"INSERT,", "INSERT, ''", "INSERT, op=insert", "MERGE, op=merge", "DELETE, op=delete"})
  void postInsertsOrDeletes(RowOperation operation, String query) {
    assertEquals(operation, RowsQuery.parse(query).operation());
  }

  @ParameterizedTest
  @CsvSource({
    "op=upsert, op",
    "op=, op",
    "op, op",
    "op=DELETE, op",
    "OP=delete, OP",
    "op=delete&op=delete, op",
    "op=delete&limit=1, limit",
    "explain, explain",
    "explain=1, explain",
    "explain=true&explain=true, explain",
    "ttl=60, ttl",
    "ttl=%22a, ttl",
    "op=%zz, %zz",
    "columns=%22a, columns",
    "limit=1, limit",
    "a=eq.1, a"
  })
  void postTakesNothingElse(String query, String parameter) {
    ApiException e = assertThrows(ApiException.class, () -> RowsQuery.parse(query).operation());
    assertEquals(ErrorCode.INVALID_PARAMETER, e.code());
    assertEquals(parameter, e.members().get("parameter"));
  }

  @Test
  void postNamesWhatRowsHaveForThemselves() {
    RowsQuery query =
        RowsQuery.parse("columns=a,%22b,c%22&timestamp=%2260%22&ttl=__ttl&op=merge&explain=true");
    assertEquals(
        new RowsQuery(
            RowOperation.MERGE,
            Optional.of("__ttl"),
            Optional.of("60"),
            Optional.of(List.of("a", "b,c")),
            true),
        query);
  }

  @Property
  void anyQueryIsReadOrRefused(@ForAll String query) {
    try {
      assertNotNull(parse(query));
    } catch (ApiException e) {
      assertEquals(400, e.code().status(), query);
    }
  }

  @Property
  void filtersAreReadAsTheyWereMeant(
      @ForAll @Size(max = 4) List<@StringLength(min = 1) String> columns, @ForAll String operand) {
    Assume.that(isText(operand) && columns.stream().allMatch(QueryParserTest::isText));
    assertEquals(
        columns.stream().map(column -> new Filter(column, Operator.EQ, List.of(operand))).toList(),
        parse(
                columns.stream()
                    .map(column -> encoded(quoted(column)) + "=eq." + encoded(operand))
                    .collect(Collectors.joining("&")))
            .filters());
  }

  private static String quoted(String column) {
    return "\"" + column.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** Half of a surrogate pair has no form in UTF-8. */
  private static boolean isText(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static ReadQuery parse(String query) {
    return QueryParser.parse(query, TestOptions.LIMITS);
  }

  private static List<Filter> ofDelete(String query) {
    return QueryParser.filters(query, TestOptions.LIMITS);
  }

  private static Arguments filter(String query, String column, Operator op, String... operands) {
    return Arguments.of(query, new Filter(column, op, List.of(operands)));
  }
}
