package dev.ringlet.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a caller may do with a table, as the contract says it.
 *
 * @param usable the widest first
 * @param mentioned whether any rule is about the table, even one that cannot apply
 */
record Rights(List<Right> usable, boolean mentioned) {
  /** What the contract leaves open. */
  enum Open {
    /** Whether a number or a boolean is a value of a column that has texts. */
    NUMBER_IS_TEXT,
    /** Whether {@code in} takes one text for a list of it. */
    TEXT_IS_LIST,
    /** Whether a rule for a pattern of tables may leave out a column that one of them has not. */
    NOTHING_IS_LEFT_OUT,
    /** Whether an empty list is a list, of which there are no rows. */
    NOTHING_IS_LIST
  }

  private static final List<Set<Open>> READINGS = readings();
  private static final Pattern CLAIM = Pattern.compile("\\{([^{}]*)}");

  private static List<Set<Open>> readings() {
    List<Set<Open>> all = new ArrayList<>(List.of(EnumSet.noneOf(Open.class)));
    for (Open question : Open.values()) {
      for (Set<Open> reading : List.copyOf(all)) {
        Set<Open> more = EnumSet.copyOf(reading);
        more.add(question);
        all.add(more);
      }
    }
    return all;
  }

  /** In every way in which the contract can be read. */
  static Set<Rights> of(Subject subject, Shape shape, Collection<Policy> policies) {
    Set<Rights> all = new LinkedHashSet<>();
    List<Policy> about =
        policies.stream().filter(policy -> isAbout(policy, subject, shape)).toList();
    for (Set<Open> open : READINGS) {
      List<Right> usable =
          about.stream()
              .flatMap(policy -> right(policy, subject, shape, open).stream())
              .sorted(Right.ORDER)
              .toList();
      all.add(new Rights(usable, !about.isEmpty()));
    }
    return all;
  }

  private static boolean isAbout(Policy policy, Subject subject, Shape shape) {
    return policy.roles().stream().anyMatch(subject.roles()::contains)
        && policy.tables().stream().anyMatch(pattern -> names(pattern, subject, shape));
  }

  /** A star is any text; what comes out of a claim is nothing but itself. */
  private static boolean names(String pattern, Subject subject, Shape shape) {
    if (pattern.equals("*")) {
      return true;
    }
    String[] parts = pattern.split("\\.", 2);
    return names(parts[0], subject, shape.keyspace()) && names(parts[1], subject, shape.table());
  }

  private static boolean names(String pattern, Subject subject, String name) {
    StringBuilder regex = new StringBuilder();
    Matcher claims = CLAIM.matcher(pattern);
    int at = 0;
    while (claims.find()) {
      JsonNode claim = claim(subject, claims.group(1));
      if (!claim.isTextual()) {
        return false;
      }
      regex.append(stars(pattern.substring(at, claims.start())));
      regex.append(Pattern.quote(claim.asText()));
      at = claims.end();
    }
    return name.matches(regex.append(stars(pattern.substring(at))).toString());
  }

  private static String stars(String pattern) {
    return Pattern.quote(pattern).replace("*", "\\E.*\\Q");
  }

  private static JsonNode claim(Subject subject, String name) {
    return name.startsWith("/") ? subject.claims().at(name) : subject.claims().path(name);
  }

  private static Optional<Right> right(
      Policy policy, Subject subject, Shape shape, Set<Open> open) {
    List<String> limited = policy.rows().stream().map(Restriction::column).toList();
    List<String> key = shape.primaryKey();
    List<String> leftOut =
        policy.columns().stream().filter(i -> i.startsWith("-")).map(i -> i.substring(1)).toList();
    // what is not there is misspelt, and then what was meant would be seen
    boolean isExact =
        policy.tables().stream()
            .anyMatch(table -> !table.contains("*") && names(table, subject, shape));
    boolean mayMiss = !isExact && open.contains(Open.NOTHING_IS_LEFT_OUT);
    if (leftOut.stream().anyMatch(name -> key.contains(name) || !(mayMiss || shape.knows(name)))
        || limited.size() > key.size()
        || !key.subList(0, limited.size()).containsAll(limited)) {
      return Optional.empty();
    }
    Map<String, Set<String>> limits = new LinkedHashMap<>();
    for (Restriction row : policy.rows()) {
      Set<String> values = new LinkedHashSet<>();
      for (String template : row.values()) {
        Optional<List<String>> value = values(row, template, subject, shape, open);
        if (value.isEmpty()) {
          return Optional.empty();
        }
        values.addAll(value.get());
      }
      limits.put(row.column(), values);
    }
    List<String> visible =
        shape.columns().stream()
            .map(Shape.Column::name)
            .filter(name -> key.contains(name) || isListed(policy.columns(), name))
            .toList();
    Set<String> lists =
        policy.rows().stream()
            .filter(row -> row.operator().equals("in"))
            .map(Restriction::column)
            .collect(Collectors.toSet());
    return Optional.of(new Right(policy.name(), policy.may(), visible, limits, lists));
  }

  private static boolean isListed(List<String> columns, String name) {
    return columns.isEmpty()
        || ((columns.contains("*") || columns.contains(name)) && !columns.contains("-" + name));
  }

  /** Empty if a claim is missing, or is no value of the column. */
  private static Optional<List<String>> values(
      Restriction row, String template, Subject subject, Shape shape, Set<Open> open) {
    boolean isInt = shape.isInt(row.column());
    Matcher claims = CLAIM.matcher(template);
    if (row.operator().equals("in") && claims.matches()) {
      JsonNode claim = claim(subject, claims.group(1));
      if (!claim.isArray() && !open.contains(Open.TEXT_IS_LIST)) {
        return Optional.empty();
      }
      List<String> values = new ArrayList<>();
      for (JsonNode item : claim.isArray() ? claim : List.of(claim)) {
        Optional<String> value = text(item, isInt, open).filter(v -> !isInt || isInt(v));
        if (value.isEmpty()) {
          return Optional.empty();
        }
        values.add(value.get());
      }
      boolean isNothing = values.isEmpty() && !open.contains(Open.NOTHING_IS_LIST);
      return isNothing ? Optional.empty() : Optional.of(values);
    }
    StringBuilder value = new StringBuilder();
    int at = 0;
    claims.reset();
    while (claims.find()) {
      Optional<String> text = text(claim(subject, claims.group(1)), isInt, open);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      value.append(template, at, claims.start()).append(text.get());
      at = claims.end();
    }
    value.append(template.substring(at));
    return Optional.of(List.of(value.toString())).filter(v -> !isInt || isInt(v.get(0)));
  }

  private static Optional<String> text(JsonNode claim, boolean isInt, Set<Open> open) {
    boolean fits =
        claim.isTextual()
            || (isInt && claim.isNumber())
            || (claim.isValueNode()
                && !claim.isNull()
                && !claim.isMissingNode()
                && open.contains(Open.NUMBER_IS_TEXT));
    return fits ? Optional.of(claim.asText()) : Optional.empty();
  }

  private static boolean isInt(String text) {
    return text.matches("-?[0-9]{1,9}");
  }
}
