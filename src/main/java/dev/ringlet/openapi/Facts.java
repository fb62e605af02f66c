package dev.ringlet.openapi;

import dev.ringlet.config.Credentials;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.header.OptionsParser;

/**
 * What is set, as far as documents say it.
 *
 * @param version of the application
 */
record Facts(String version, RingletConfig config, OptionsParser options, Credentials credentials) {

  static Facts of(String version, RingletConfig config, OptionsParser options) {
    return new Facts(version, config, options, Credentials.of(config.auth()));
  }
}
