package dev.ringlet.header;

import dev.ringlet.config.TestConfig;
import dev.ringlet.request.QueryLimits;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Options as the real parser makes them out of headers. */
public final class TestOptions {
  private static final OptionsParser PARSER = new OptionsParser(TestConfig.defaults());

  public static final QueryLimits LIMITS = QueryLimits.of(TestConfig.defaults());

  private TestOptions() {}

  /**
   * @param headers as {@code Name: value}
   */
  public static ReadOptions read(String... headers) {
    return PARSER.ofRead(lookup(headers), 0);
  }

  /**
   * @param headers as {@code Name: value}
   */
  public static WriteOptions write(String... headers) {
    return PARSER.ofWrite(lookup(headers), 0);
  }

  static Function<String, List<String>> lookup(String... headers) {
    return name ->
        Arrays.stream(headers)
            .filter(header -> header.startsWith(name + ": "))
            .map(header -> header.substring(name.length() + 2))
            .toList();
  }
}
