package dev.ringlet.observe;

import java.util.Set;

/** Anything may stand where a method does: names that nobody knows are not repeated. */
final class Methods {
  private static final Set<String> KNOWN =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private Methods() {}

  static String known(String method) {
    return KNOWN.contains(method) ? method : "OTHER";
  }
}
