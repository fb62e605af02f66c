package dev.ringlet.model;

import dev.ringlet.model.Ask.Form;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** How often each form had each outcome, and what went wrong. */
final class Tally {
  private final Map<Form, Map<Integer, Integer>> forms = new EnumMap<>(Form.class);
  private final List<String> failures = new ArrayList<>();
  private int cases;

  synchronized void add(Form form, int status) {
    cases++;
    forms.computeIfAbsent(form, f -> new TreeMap<>()).merge(status, 1, Integer::sum);
  }

  synchronized void fail(String failure) {
    failures.add(failure);
  }

  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  synchronized int cases() {
    return cases;
  }

  synchronized int cases(Form form) {
    return forms.getOrDefault(form, Map.of()).values().stream().mapToInt(i -> i).sum();
  }

  synchronized Set<Integer> statuses() {
    Set<Integer> statuses = new TreeSet<>();
    forms.values().forEach(form -> statuses.addAll(form.keySet()));
    return statuses;
  }

  @Override
  public synchronized String toString() {
    StringBuilder table = new StringBuilder(cases + " cases");
    forms.forEach((form, statuses) -> table.append("\n").append(form).append(' ').append(statuses));
    return table.toString();
  }
}
