package dev.ringlet.access;

import dev.ringlet.config.TablePattern;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A rule of one of a caller's roles.
 *
 * @param tables of a claim that is a list, a pattern for each of its values; none if there is no
 *     such claim
 */
record CallersRule(Rule rule, Claims claims, List<TablePattern> tables) {
  private static final Pattern CLAIM = Pattern.compile("\\{([^{}]+)}");

  static CallersRule of(Rule rule, Claims claims) {
    return new CallersRule(
        rule, claims, rule.tables().stream().flatMap(text -> patterns(text, claims)).toList());
  }

  /** One of its claims may be a list. */
  private static Stream<TablePattern> patterns(String text, Claims claims) {
    List<String> names =
        CLAIM.matcher(text).results().map(claim -> claim.group(1)).distinct().toList();
    List<String> lists = names.stream().filter(name -> claims.texts(name).size() != 1).toList();
    if (lists.isEmpty()) {
      return Stream.of(TablePattern.of(text, name -> claims.texts(name).get(0)));
    }
    return lists.size() > 1
        ? Stream.empty()
        : claims.texts(lists.get(0)).stream()
            .map(
                value ->
                    TablePattern.of(
                        text,
                        name -> name.equals(lists.get(0)) ? value : claims.texts(name).get(0)));
  }

  boolean isOf(String keyspace, String table) {
    return tables.stream().anyMatch(pattern -> pattern.matches(keyspace, table));
  }

  boolean isOfWhole(String keyspace) {
    return tables.stream().anyMatch(pattern -> pattern.matchesWhole(keyspace));
  }

  /** What it allows with a table that it is of. */
  Permission permission(Table table) {
    try {
      requireColumns(table);
      return Permission.ruled(rule, rule.narrowed().of(table, rule.columns()::has), limits(table));
    } catch (IllegalArgumentException e) {
      return Permission.faulty(
          table, "The rule %s cannot be applied: %s.".formatted(rule.name(), e.getMessage()));
    }
  }

  /** A name that is no column's may be a column's misspelt, which was not to be seen. */
  private void requireColumns(Table table) {
    boolean named =
        tables.stream()
            .anyMatch(
                pattern -> pattern.isNamed() && pattern.matches(table.keyspace(), table.name()));
    for (String name : rule.columns().without()) {
      Optional<Column> column = table.column(name);
      if (column.filter(Column::isKey).isPresent()) {
        throw new IllegalArgumentException("it leaves out a column of the primary key");
      }
      if (named && column.isEmpty()) {
        throw new IllegalArgumentException("it leaves out a column that the table does not have");
      }
    }
  }

  private List<RowLimit> limits(Table table) {
    List<RowLimit> limits = new ArrayList<>();
    for (Column column : table.primaryKey()) {
      Optional<RowTemplate> template =
          rule.rows().stream().filter(row -> row.column().equals(column.name())).findFirst();
      if (template.isEmpty()) {
        break;
      }
      limits.add(template.get().limit(column, claims));
    }
    if (limits.size() < rule.rows().size()) {
      throw new IllegalArgumentException("its rows are not those of the first columns of the key");
    }
    return limits;
  }
}
