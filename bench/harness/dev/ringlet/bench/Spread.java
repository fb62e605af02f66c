package dev.ringlet.bench;

import java.util.List;
import java.util.Locale;

/** What the rounds said: the one in the middle, and between what the middle half of them is. */
record Spread(double median, double low, double high) {
  static Spread of(List<Double> values) {
    if (values.isEmpty()) {
      return new Spread(Double.NaN, Double.NaN, Double.NaN);
    }
    List<Double> sorted = values.stream().sorted().toList();
    int size = sorted.size();
    double median = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    int quarter = (size - 1) / 4;
    return new Spread(median, sorted.get(quarter), sorted.get(size - 1 - quarter));
  }

  /** The median alone. */
  String brief() {
    return number(median);
  }

  @Override
  public String toString() {
    return Double.isNaN(median)
        ? "–"
        : "%s [%s..%s]".formatted(number(median), number(low), number(high));
  }

  /** Three digits that tell something. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    double size = Math.abs(value);
    String form = size >= 100 || size == 0 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, form, value);
  }
}
