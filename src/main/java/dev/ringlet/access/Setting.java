package dev.ringlet.access;

import java.util.List;
import java.util.function.Supplier;

/**
 * Reads settings, and says which one it is that is not understood.
 *
 * @param prefix what their names begin with
 */
record Setting(String prefix) {

  /**
   * @param value throws {@link IllegalArgumentException} if it is not understood
   * @throws IllegalArgumentException the same with the setting's name
   */
  <T> T read(String name, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(prefix + name + ": " + e.getMessage(), e);
    }
  }

  /**
   * @throws IllegalArgumentException if a name is empty
   */
  List<String> names(String name, List<String> values) {
    return read(
        name,
        () -> {
          if (values.isEmpty() || values.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("A name is empty.");
          }
          return List.copyOf(values);
        });
  }
}
