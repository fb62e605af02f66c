package dev.ringlet.openapi;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.ringlet.encode.JsonBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;

/** Parts of a document, as trees. A document as a whole is none: it may be of many tables. */
final class Trees {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Trees() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array(JsonNode... elements) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (JsonNode element : elements) {
      array.add(element);
    }
    return array;
  }

  static ArrayNode texts(Collection<String> texts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    texts.forEach(array::add);
    return array;
  }

  /** A schema of one type. */
  static ObjectNode type(String type) {
    return object().put("type", type);
  }

  static ObjectNode described(String type, String description) {
    return type(type).put("description", description);
  }

  static ObjectNode arrayOf(JsonNode items) {
    return type("array").set("items", items);
  }

  static ObjectNode ref(String section, String name) {
    return object().put("$ref", "#/components/" + section + "/" + name);
  }

  static ObjectNode schema(String name) {
    return ref("schemas", name);
  }

  /** What something writes. */
  static JsonNode written(JsonBytes.Document document) {
    try (TokenBuffer buffer = new TokenBuffer(MAPPER, false)) {
      document.writeTo(buffer);
      return MAPPER.readTree(buffer.asParser());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing is written but memory
    }
  }

  static void write(JsonNode tree, JsonGenerator out) throws IOException {
    MAPPER.writeTree(out, tree);
  }
}
