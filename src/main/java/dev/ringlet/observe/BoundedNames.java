package dev.ringlet.observe;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The values of a metric's label: only so many, as each is a series of its own. */
final class BoundedNames {
  static final String NONE = "none";

  private final Set<String> names = ConcurrentHashMap.newKeySet();
  private final int most;

  BoundedNames(int most) {
    this.most = most;
  }

  /** The name itself, or what all further ones are counted as. */
  String of(String name) {
    if (name.isEmpty()) {
      return NONE;
    }
    return names.contains(name) || (names.size() < most && names.add(name))
        ? name
        : Route.OTHER.template();
  }
}
