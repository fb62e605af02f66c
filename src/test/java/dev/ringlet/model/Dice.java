package dev.ringlet.model;

import java.util.List;
import java.util.Random;

/** Chance that repeats: the same seed throws the same. */
final class Dice {
  private final Random random;

  Dice(long seed) {
    random = new Random(seed);
  }

  boolean percent(int chance) {
    return below(100) < chance;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  <T> T one(List<T> of) {
    return of.get(below(of.size()));
  }
}
