package dev.ringlet.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** The figures, one of each round, by what they are of. */
final class Results {
  /**
   * @param what was done, as `get`
   * @param size connections, rows or whatever makes its cells
   * @param contender who did it
   * @param figure as `cpu`
   */
  record Key(String what, String size, String contender, String figure) {
    Key by(String other) {
      return new Key(what, size, other, figure);
    }

    Key of(String other) {
      return new Key(what, size, contender, other);
    }
  }

  private final Map<Key, List<Double>> figures = new LinkedHashMap<>();

  void add(Key key, double value) {
    figures.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
  }

  boolean has(Key key) {
    return figures.containsKey(key);
  }

  /** Round by round; empty if it was not measured. */
  List<Double> of(Key key) {
    return figures.getOrDefault(key, List.of());
  }

  Spread spread(Key key) {
    return Spread.of(of(key));
  }

  /** The one divided by the sum of the others, which were measured in the same round. */
  Spread ratio(Key key, Key... bases) {
    List<Double> ratios = new ArrayList<>(of(key));
    for (int round = 0; round < ratios.size(); round++) {
      double sum = 0;
      for (Key base : bases) {
        List<Double> values = of(base);
        sum += round < values.size() ? values.get(round) : Double.NaN;
      }
      ratios.set(round, ratios.get(round) / sum);
    }
    return Spread.of(ratios);
  }

  /** In the order in which they were first measured. */
  Set<String> contenders(String what) {
    return keys(key -> key.what().equals(what), Key::contender);
  }

  Set<String> sizes(String what) {
    return keys(key -> key.what().equals(what), Key::size);
  }

  private Set<String> keys(Predicate<Key> which, Function<Key, String> part) {
    Set<String> found = new LinkedHashSet<>();
    figures.keySet().stream().filter(which).map(part).forEach(found::add);
    return found;
  }
}
