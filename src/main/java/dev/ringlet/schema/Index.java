package dev.ringlet.schema;

import com.datastax.oss.driver.api.core.metadata.schema.IndexKind;
import com.datastax.oss.driver.api.core.metadata.schema.IndexMetadata;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A secondary index on one column: of which kind it is, and what of the column it has. */
public record Index(IndexDefinition definition, Kind kind, Column column, Form form) {

  /** Who made it. */
  public enum Kind {
    /** Storage-attached. */
    SAI,
    SASI,
    /** Cassandra's first kind, a hidden table. */
    TABLE,
    /** A class that is not Cassandra's own: nobody knows what it serves. */
    CUSTOM
  }

  /** What of the column is indexed. */
  public enum Form {
    /** The value; of a collection that is not frozen each element, or each value of a map. */
    VALUES,
    KEYS,
    ENTRIES,
    /** A frozen collection as a whole. */
    FULL
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Index index
        && kind == index.kind
        && form == index.form
        && column.equals(index.column)
        && definition.equals(index.definition);
  }

  @Override
  public int hashCode() {
    return definition.hashCode();
  }

  /**
   * What Cassandra's TargetParser makes of the target: {@code column}, or {@code form(column)},
   * where a column in quotes has its own doubled.
   *
   * @return nothing if it is on no column, or on several, as only a custom one can be
   */
  static Optional<Index> of(List<Column> all, IndexMetadata metadata) {
    String target = metadata.getTarget();
    Form form = Form.VALUES;
    for (Form named : Form.values()) {
      String prefix = named.name().toLowerCase(Locale.ROOT) + "(";
      if (target.startsWith(prefix) && target.endsWith(")")) {
        form = named;
        target = target.substring(prefix.length(), target.length() - 1);
        break;
      }
    }
    String name =
        target.startsWith("\"") && target.endsWith("\"") && target.length() > 1
            ? target.substring(1, target.length() - 1).replace("\"\"", "\"")
            : target;
    Form of = form;
    return all.stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .map(column -> new Index(IndexDefinition.of(metadata), kind(metadata), column, of));
  }

  public String name() {
    return definition.name();
  }

  /** An option from CREATE INDEX, by its name. */
  public Optional<String> option(String name) {
    return Optional.ofNullable(definition.options().get(name));
  }

  /** Cassandra takes these names, and SAI's in any case. */
  private static Kind kind(IndexMetadata metadata) {
    if (metadata.getKind() != IndexKind.CUSTOM) {
      return Kind.TABLE;
    }
    String name = metadata.getClassName().orElse("").toLowerCase(Locale.ROOT);
    if (name.equals("sai") || name.endsWith("storageattachedindex")) {
      return Kind.SAI;
    }
    return name.endsWith("sasiindex") ? Kind.SASI : Kind.CUSTOM;
  }
}
