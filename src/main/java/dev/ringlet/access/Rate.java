package dev.ringlet.access;

/**
 * How often a caller may do what a rule allows.
 *
 * @param rule its name: callers have a rate for each rule
 * @param perSecond requests a second
 */
public record Rate(String rule, int perSecond) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Rate rate && perSecond == rate.perSecond && rule.equals(rate.rule);
  }

  @Override
  public int hashCode() {
    return rule.hashCode();
  }
}
