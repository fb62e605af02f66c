package dev.ringlet.schema;

import com.datastax.oss.driver.api.core.metadata.schema.IndexMetadata;
import java.util.Locale;
import java.util.Map;

/**
 * A secondary index as CREATE INDEX has it.
 *
 * @param target the column or columns, and what of them
 * @param className of a custom one; of others their kind
 * @param options by name
 */
public record IndexDefinition(
    String name, String target, String className, Map<String, String> options) {
  @Override
  public boolean equals(Object other) {
    return other instanceof IndexDefinition index
        && name.equals(index.name)
        && target.equals(index.target)
        && className.equals(index.className)
        && options.equals(index.options);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  static IndexDefinition of(IndexMetadata index) {
    return new IndexDefinition(
        index.getName().asInternal(),
        index.getTarget(),
        index.getClassName().orElse(index.getKind().name().toLowerCase(Locale.ROOT)),
        Map.copyOf(index.getOptions()));
  }
}
