package dev.ringlet.shape;

import com.datastax.oss.driver.api.core.type.UserDefinedType;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Names of components, in which OpenAPI allows letters, digits, dots, hyphens and underscores. Two
 * of them are the same only if all of their parts are.
 */
public final class ComponentName {
  private ComponentName() {}

  /** The name of parts such as a keyspace and a table, with a dot between them. */
  public static String of(String... parts) {
    return Arrays.stream(parts).map(ComponentName::escaped).collect(Collectors.joining("."));
  }

  /** Never that of a table, since the names of keyspaces have no hyphens. */
  static String of(UserDefinedType type, SchemaUse use) {
    return "udt-" + of(type.getKeyspace().asInternal(), type.getName().asInternal()) + use.suffix();
  }

  private static String escaped(String part) {
    return part.chars()
        .mapToObj(c -> allowed(c) ? Character.toString(c) : "-%04x".formatted(c))
        .collect(Collectors.joining());
  }

  private static boolean allowed(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}
