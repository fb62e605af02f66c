package dev.ringlet.openapi;

import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.internal.core.type.UserDefinedTypeBuilder;
import dev.ringlet.access.Unlimited;
import dev.ringlet.config.TestConfig;
import dev.ringlet.header.OptionsParser;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tables, and documents of them. */
final class Samples {
  static final UserDefinedType POSITION =
      new UserDefinedTypeBuilder("ks", "position")
          .withField("latitude", DataTypes.DOUBLE)
          .withField("altitude", DataTypes.INT)
          .build();

  static final Table READINGS =
      Tables.table("readings")
          .partitionKey("station", DataTypes.TEXT)
          .partitionKey("day", DataTypes.DATE)
          .clusteringDescending("time", DataTypes.TIMESTAMP)
          .regular("temperature", DataTypes.DECIMAL)
          .regular("wind_speed", DataTypes.FLOAT)
          .staticColumn("unit", DataTypes.TEXT)
          .build();

  static final Table STATIONS =
      Tables.table("stations")
          .partitionKey("station", DataTypes.TEXT)
          .regular("position", POSITION.copy(true))
          .regular("home", POSITION)
          .regular("instruments", DataTypes.setOf(DataTypes.TEXT))
          .regular("observers", DataTypes.listOf(DataTypes.TEXT))
          .regular("contacts", DataTypes.mapOf(DataTypes.TEXT, DataTypes.TEXT))
          .regular("since", DataTypes.DATE)
          .build();

  static final Table VISITS =
      Tables.table("visits")
          .partitionKey("station", DataTypes.TEXT)
          .clustering("day", DataTypes.DATE)
          .regular("visitors", DataTypes.COUNTER)
          .build();

  private Samples() {}

  static ShownTable all(Table table) {
    return new ShownTable(table, Unlimited.ALL.of(table), true);
  }

  static Shown shown(Table... tables) {
    return new Shown(
        Optional.of("ks"), List.of(tables).stream().map(Samples::all).toList(), "", false);
  }

  static String json(Shown shown) {
    return text(shown, Format.JSON);
  }

  static String text(Shown shown, Format format) {
    return new String(bytes(shown, format), StandardCharsets.UTF_8);
  }

  static byte[] bytes(Shown shown, Format format) {
    return bytes(shown, format, Map.of());
  }

  static byte[] bytes(Shown shown, Format format, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("ringlet.auth.anonymous-roles", "anybody");
    var config = TestConfig.of(all);
    Document document = new Document(shown, Facts.of("1.0.0", config, new OptionsParser(config)));
    try (InputStream plain = Rendered.of(format, document).plain()) {
      return plain.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
