package dev.ringlet.row;

import dev.ringlet.config.TestConfig;
import java.nio.charset.StandardCharsets;

/** Rows as they come in bodies. */
public final class TestRows {
  private static final JsonRow JSON = new JsonRow(TestConfig.defaults());

  private TestRows() {}

  public static RowBody row(String json) {
    return JSON.row(json.getBytes(StandardCharsets.UTF_8));
  }
}
