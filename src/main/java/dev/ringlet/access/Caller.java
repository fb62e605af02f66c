package dev.ringlet.access;

import java.util.List;
import java.util.Map;

/**
 * Who sends a request.
 *
 * @param name for logs and metrics
 * @param roles what the request acts in
 * @param claims what is said of them, for rules that ask
 */
public record Caller(String name, List<String> roles, Claims claims) {
  private static final String ANONYMOUS = "anonymous";

  public Caller {
    roles = List.copyOf(roles);
  }

  /** One by a name of ours, as of an API key. */
  public static Caller named(String name, List<String> roles) {
    return new Caller(name, roles, Claims.ofSubject(name));
  }

  /** Nobody in particular. */
  public static Caller anonymous(List<String> roles) {
    return new Caller(ANONYMOUS, roles, new Claims(Map.of()));
  }

  /** One is remembered as long as who sends requests is, and looked up by each of these. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
