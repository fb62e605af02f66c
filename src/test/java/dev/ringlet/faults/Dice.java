package dev.ringlet.faults;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Chance that repeats: the same seed throws the same. */
public final class Dice {
  private final Random random;

  public Dice(long seed) {
    random = new Random(seed);
  }

  public boolean percent(int chance) {
    return below(100) < chance;
  }

  public int below(int bound) {
    return random.nextInt(bound);
  }

  public <T> T one(List<T> of) {
    return of.get(below(of.size()));
  }

  /** Neighbours: of long lists there are few, so that statements are not different each time. */
  <T> List<T> few(List<T> of, int max) {
    int from = below(of.size());
    return of.subList(from, Math.min(of.size(), from + 1 + below(max)));
  }

  /** None or up to so many, joined. */
  String some(int max, String separator, Supplier<String> item) {
    return IntStream.range(0, below(max + 1))
        .mapToObj(i -> item.get())
        .collect(Collectors.joining(separator));
  }
}
