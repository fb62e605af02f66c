package dev.ringlet.schema;

import dev.ringlet.error.Suggestion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is said of a name that is no column: which one was probably meant, or what is here instead
 * of what it means in another API or language.
 */
public final class ColumnHints {
  private static final Set<String> WRAPPERS =
      Set.of("data", "row", "rows", "record", "records", "values", "columns", "fields", "document");
  private static final Pattern FUNCTION = Pattern.compile("\\w+\\(.*\\)");
  private static final Pattern ALIAS = Pattern.compile("(?i)(\\w+) +as +(\\w+)");
  private static final Pattern PART = Pattern.compile("(\\w+)(?:\\.|->|\\[).*");

  private ColumnHints() {}

  /** In select, order or a filter. */
  public static Optional<String> inQuery(List<String> columns, String name) {
    return meant(columns, name).or(() -> elsewhere(columns, name));
  }

  private static Optional<String> elsewhere(List<String> columns, String name) {
    if (name.equals("*")) {
      return Optional.of("Without select the answer has all columns; count() counts the rows.");
    } else if (FUNCTION.matcher(name).matches()) {
      return Optional.of(
          "select has the functions count, min, max, sum, avg, writetime, ttl, maxwritetime, token,"
              + " cast and similarity.");
    } else if (name.startsWith(":")) {
      return Optional.of("A cast is written cast(column as type).");
    }
    Matcher alias = ALIAS.matcher(name);
    if (alias.matches()) {
      return Optional.of(
          "An alias and a colon stand before it: " + alias.group(2) + ":" + alias.group(1));
    }
    Matcher part = PART.matcher(name);
    return part.matches() && columns.contains(part.group(1))
        ? Optional.of("The column " + part.group(1) + " is read and compared as a whole.")
        : Optional.empty();
  }

  /** As a member of a row in JSON. */
  public static Optional<String> inBody(List<String> columns, String name) {
    return meant(columns, name).or(() -> Optional.ofNullable(ofMember(name)));
  }

  private static String ofMember(String name) {
    return switch (WRAPPERS.contains(name) ? "$set" : name) {
      case "$set", "$setOnInsert" -> "The columns are the members of the body itself.";
      case "$unset" -> "A column that is null loses its value.";
      case "$inc" -> "It stands inside of its column: {\"column\":{\"$inc\":1}}";
      case "$add", "$push", "$addToSet" ->
          "What is added stands inside of its column: {\"column\":{\"$add\":[…]}}";
      case "$remove", "$pull", "$pullAll" ->
          "What is removed stands inside of its column: {\"column\":{\"$remove\":[…]}}";
      case "ttl", "TTL", "_ttl", "$ttl" -> "The TTL is the header Cassandra-TTL.";
      case "timestamp", "_timestamp", "$timestamp" ->
          "The write timestamp is the header Cassandra-Timestamp.";
      default -> null;
    };
  }

  /** In the header line of CSV. */
  public static Optional<String> inHeader(List<String> columns, String name) {
    if (name.contains(";") || name.contains("\t")) {
      return Optional.of("Commas separate the fields of CSV.");
    }
    String meant = meant(columns, name).map(question -> question + " ").orElse("");
    boolean glued =
        columns.stream().anyMatch(column -> name.startsWith(column) && !name.equals(column));
    String lost = "If the line ends were lost: curl keeps them with --data-binary, not with -d.";
    return Optional.of(
        glued
            ? meant + lost
            : meant.isEmpty() ? "The first line of CSV names the columns." : meant.strip());
  }

  private static Optional<String> meant(List<String> columns, String name) {
    return Suggestion.question(Suggestion.nearest(name, columns));
  }
}
