package dev.ringlet.request;

import dev.ringlet.config.RingletConfig;

/**
 * How much a query may ask for.
 *
 * @param select items of select
 * @param in combinations of the values of all {@code in}
 */
public record QueryLimits(int select, int in) {

  public static QueryLimits of(RingletConfig config) {
    return new QueryLimits(config.select().max(), config.in().max());
  }
}
