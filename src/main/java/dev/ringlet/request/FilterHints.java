package dev.ringlet.request;

import dev.ringlet.error.Suggestion;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what is no filter here as other APIs and languages would, to say how it is written. */
final class FilterHints {
  static final String OR =
      "No operator says or: in.(a,b) takes several values of one column; otherwise send a request"
          + " for each.";
  static final String NOT =
      "No operator says not: CQL finds rows by the values that they have. The client leaves out the"
          + " others.";
  static final String NULL =
      "No operator asks for null: CQL finds rows by the values that they have. The client leaves"
          + " out the others.";
  static final String TEXT =
      "CQL finds parts of texts by like.pattern on a column with a SASI index; % in it is %25.";

  /** What operators are called elsewhere. */
  private static final Map<String, Operator> CALLED = new HashMap<>();

  /** What conditions call ne. */
  private static final Set<String> DIFFERENT =
      Set.of("!=", "<>", "neq", "not_eq", "noteq", "isdistinct");

  /** What others have and CQL has not. */
  private static final Map<String, String> ABSENT = new HashMap<>();

  static {
    call(Operator.EQ, "= == eq equal equals is");
    call(Operator.LT, "< less before");
    call(Operator.LTE, "<= =< le leq lteq");
    call(Operator.GT, "> greater after");
    call(Operator.GTE, ">= => ge geq gteq");
    call(Operator.IN, "in oneof one_of anyof");
    call(Operator.CONTAINS, "cs has includes");
    call(Operator.CONTAINS_KEY, "has_key haskey");
    lack(NOT, "!= <> != ne neq not nin not_in notin not_eq noteq nlike isdistinct");
    lack(NULL, "null isnull is_null notnull not_null isnotnull is_not_null exists");
    lack(TEXT, "~ ~~ =~ ~* ilike match imatch regex fts starts startswith ends endswith sw ew");
    lack(OR, "or any");
  }

  /**
   * A value that begins with an operator, and what follows it. Words of a text might be some, so a
   * space, a colon or nothing makes an operator of few of them.
   */
  private static final Pattern BEGINS =
      Pattern.compile(
          "\\$?(?:(?<sign>[<>=!~]{1,2}\\*?) ?"
              + "|(?<word>[a-z_]+)(?<opened>[.(])"
              + "|(?<few>eq|ne|[lg][te]e?|in(?= ?\\()|between(?= ['\"\\d])|is(?= (?:not )?null$)"
              + "|like(?= ['\"%]))[ :]"
              + "|(?<least>eq|ne|[lg][te]e?)(?=\\d))(?<operand>.*)",
          Pattern.CASE_INSENSITIVE);

  /**
   * A name that ends with an operator: {@code a[gte]}, {@code a__gte}, {@code a.gte}, {@code a>}.
   */
  private static final Pattern ENDS =
      Pattern.compile(
          "(?<column>.+?)(?:\\[\\$?(?<inside>\\w+)]|(?:__|\\.)(?<word>\\w+)|(?<sign>[<>!~]))");

  /** A relation without the sign that ends a name in a query. */
  private static final Pattern RELATION =
      Pattern.compile("(?<column>[^<>!~ ]+) ?(?<sign><>|[<>!~]=?) ?(?<operand>.*)");

  /** Longer ones are nothing that a person has written; some would be looked at for seconds. */
  private static final int LONGEST = 200;

  /** What can be shown as it is, in a URL too. */
  private static final Pattern SHOWN = Pattern.compile("[A-Za-z0-9_.:,()*-]{1,60}");

  /** In parentheses, or in quotes as in SQL. */
  private static final Pattern WRAPPED = Pattern.compile("^(?:\\((.*)\\)|'(.*)'|\"(.*)\")$");

  private FilterHints() {}

  private static void call(Operator operator, String names) {
    for (String name : names.split(" ", -1)) {
      CALLED.put(name, operator);
    }
  }

  private static void lack(String why, String names) {
    for (String name : names.split(" ", -1)) {
      ABSENT.put(name, why);
    }
  }

  /**
   * How the operator is written that a value begins with, or a name ends with.
   *
   * @param conditions whether filters may be conditions
   */
  static Optional<String> ofOperator(String name, String value, boolean conditions) {
    if (name.length() > LONGEST || value.length() > LONGEST) {
      return Optional.empty();
    } else if (value.equalsIgnoreCase("null")) {
      return Optional.of(conditions ? "Write " + shown(name, "column") + "=is.null" : NULL);
    }
    return Operator.of(value.toLowerCase(Locale.ROOT), conditions)
        .map(alone -> "Write " + shown(name, "column") + "=" + alone.form())
        .or(() -> beginning(name, value, conditions))
        .or(() -> ending(name, value, conditions))
        .or(() -> value.isEmpty() ? relation(name, conditions) : Optional.empty());
  }

  private static Optional<String> beginning(String name, String value, boolean conditions) {
    Matcher begins = BEGINS.matcher(value);
    if (!begins.matches()) {
      return Optional.empty();
    }
    String symbol = first(begins, "sign", "word", "few", "least");
    String opened = "(".equals(begins.group("opened")) ? "(" : "";
    return written(name, symbol, opened + begins.group("operand"), conditions);
  }

  private static Optional<String> ending(String name, String value, boolean conditions) {
    Matcher ends = ENDS.matcher(name);
    if (!ends.matches()) {
      return Optional.empty();
    }
    String sign = ends.group("sign");
    String symbol = sign == null ? first(ends, "inside", "word") : sign + "=";
    return written(ends.group("column"), symbol, value, conditions);
  }

  private static Optional<String> relation(String name, boolean conditions) {
    Matcher relation = RELATION.matcher(name);
    return relation.matches()
        ? written(
            relation.group("column"), relation.group("sign"), relation.group("operand"), conditions)
        : Optional.empty();
  }

  private static String first(Matcher matcher, String... groups) {
    return Stream.of(groups).map(matcher::group).filter(Objects::nonNull).findFirst().orElse("");
  }

  /** An operator misspelt. */
  static Optional<String> ofMisspelt(String value, boolean conditions) {
    int dot = value.indexOf('.');
    return dot < 0
        ? Optional.empty()
        : Suggestion.question(
            Suggestion.nearest(value.substring(0, dot), Operator.symbols(conditions)));
  }

  /** How the column is asked for this value. */
  static String equal(String name, String value) {
    return filter(name, Operator.EQ, value);
  }

  private static Optional<String> written(
      String column, String symbol, String operand, boolean conditions) {
    String called = symbol.toLowerCase(Locale.ROOT);
    if (conditions && DIFFERENT.contains(called)) {
      return Optional.of("Write " + filter(column, Operator.NE, operand));
    }
    if (called.equals("is") && operand.toLowerCase(Locale.ROOT).matches("(not.)?null")) {
      String not = operand.length() > "null".length() ? "not_null" : "null";
      return Optional.of(conditions ? "Write " + filter(column, Operator.IS, not) : NULL);
    }
    if (conditions && NULL.equals(ABSENT.get(called))) {
      String not = called.matches(".*not.*|exists") ? "not_null" : "null";
      return Optional.of("Write " + filter(column, Operator.IS, not));
    }
    if (called.equals("between")) {
      return Optional.of(
          "The ends of a range are two filters: "
              + filter(column, Operator.GTE, "")
              + "&"
              + filter(column, Operator.LTE, ""));
    }
    return Optional.ofNullable(ABSENT.get(called))
        .or(
            () ->
                Optional.ofNullable(CALLED.get(called))
                    .or(() -> Operator.of(called, conditions))
                    .map(operator -> "Write " + filter(column, operator, operand)));
  }

  private static String filter(String column, Operator operator, String operand) {
    boolean wrapped = operator.arity() == Operator.Arity.ONE;
    String plain = wrapped ? WRAPPED.matcher(operand).replaceFirst("$1$2$3") : operand;
    return shown(column, "column") + "=" + operator.symbol() + "." + shown(plain, "…");
  }

  private static String shown(String text, String otherwise) {
    return SHOWN.matcher(text).matches() ? text : otherwise;
  }
}
