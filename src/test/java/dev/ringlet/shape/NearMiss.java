package dev.ringlet.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** JSON that is almost like another. */
public final class NearMiss {
  private static final String CHARACTERS = "0123456789-+:./,=_ abefnxyzEPTWZNI\u0000é\n😀";

  private static final List<String> OTHERS =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "0.5",
          "1e2",
          "5.0",
          "1e40",
          "1e-50",
          "99999999999999999999",
          "\"\"",
          "[]",
          "{}",
          "[[]]",
          "\"NaN\"",
          "\"-Infinity\"",
          "\"nan\"",
          "\"0\"",
          "\"-0\"",
          "\"1e2\"",
          "\"+1\"",
          "\"1.\"",
          "\".5\"",
          "\"0x01\"",
          "\"0x0102\"",
          "\"AB==\"",
          "\"P\"",
          "\"PT\"",
          "\"P1Y\"",
          "\"1h1h\"",
          "\"P1H\"",
          "\"24:00:00\"",
          "\"10:00\"",
          "\"10:00:00.\"",
          "\"2026-02-29\"",
          "\"2024-02-29\"",
          "\"1900-02-29\"",
          "\"-0000-01-01\"",
          "\"+2026-01-01\"",
          "\"2026-01-01T00:00Z\"",
          "\"2026-01-01 00:00 +01\"",
          "\"2026-01-01T00:00:60Z\"",
          "\"2026-01-01T00:00+19:00\"",
          "\"2026 -01-01T00:00Z\"",
          "\"2026-01-01\"",
          "\"10.1\"",
          "\"010.0.0.1\"",
          "\"1::2::3\"",
          "\"::1.2.3.4\"",
          "\"1.2.3.4::\"",
          "\":::\"",
          "\"1:2:3:4:5:6:7::\"",
          "\"::2:3:4:5:6:7:8\"");

  private final Random random;

  public NearMiss(Random random) {
    this.random = random;
  }

  /** Somewhere in it is something else. */
  public JsonNode of(JsonNode json) {
    if (json.isArray() && !json.isEmpty() && random.nextInt(3) > 0) {
      return inArray(json.deepCopy());
    } else if (json.isObject() && !json.isEmpty() && random.nextInt(3) > 0) {
      return inObject(json.deepCopy());
    } else if (json.isTextual() && random.nextInt(4) > 0) {
      return TypeSchema.JSON.getNodeFactory().textNode(text(json.textValue()));
    }
    return TypeSchema.parse(OTHERS.get(random.nextInt(OTHERS.size())));
  }

  private JsonNode inArray(ArrayNode array) {
    int at = random.nextInt(array.size());
    switch (random.nextInt(4)) {
      case 0 -> array.remove(at);
      case 1 -> array.insert(at, array.get(random.nextInt(array.size())).deepCopy());
      default -> array.set(at, of(array.get(at)));
    }
    return array;
  }

  private JsonNode inObject(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    String name = names.get(random.nextInt(names.size()));
    switch (random.nextInt(4)) {
      case 0 -> object.remove(name);
      case 1 -> object.set(text(name), object.get(name));
      default -> object.set(name, of(object.get(name)));
    }
    return object;
  }

  private String text(String text) {
    int at = random.nextInt(text.length() + 1);
    int end = Math.min(text.length(), at + random.nextInt(3));
    int other = random.nextInt(CHARACTERS.length());
    return switch (random.nextInt(6)) {
      case 0 -> text.substring(0, at) + text.substring(end);
      case 1 -> text.substring(0, end) + text.substring(at);
      case 2 -> text.toUpperCase(Locale.ROOT);
      case 3 -> text.substring(0, at) + CHARACTERS.charAt(other) + text.substring(at);
      default -> text.substring(0, at) + CHARACTERS.charAt(other) + text.substring(end);
    };
  }
}
