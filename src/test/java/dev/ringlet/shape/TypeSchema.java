package dev.ringlet.shape;

import com.datastax.oss.driver.api.core.type.DataType;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.regex.RegularExpression;
import dev.ringlet.value.CqlType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** The schema of a type as others see it: what it allows, and values by it. */
public final class TypeSchema {
  /**
   * Numbers are what they say, and not what a double makes of it; halves of characters come as they
   * are.
   */
  public static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNumberLength(Integer.MAX_VALUE).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  private final JsonNode root;
  private final JsonSchema schema;

  private TypeSchema(JsonNode root, boolean formats) {
    this.root = root;
    this.schema =
        SCHEMAS.getSchema(
            root,
            SchemaValidatorsConfig.builder()
                .formatAssertionsEnabled(formats)
                .losslessNarrowing(true)
                .regularExpressionFactory(TypeSchema::ecmaScript)
                .build());
  }

  /** To Java, the end of a text is also before the end of its last line. */
  private static RegularExpression ecmaScript(String regex) {
    Pattern pattern = Pattern.compile(regex.replace("$", "\\z"));
    return text -> pattern.matcher(text).find();
  }

  /** Of values that are not null. */
  public static TypeSchema of(DataType type, SchemaUse use, boolean allForms) {
    return new TypeSchema(document(CqlType.of(type), use, allForms), false);
  }

  /** The same where formats assert too. */
  public TypeSchema withFormats() {
    return new TypeSchema(root, true);
  }

  private static JsonNode document(CqlType type, SchemaUse use, boolean allForms) {
    TypeSchemas schemas = allForms ? TypeSchemas.ofAllForms() : TypeSchemas.ofOneForm();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      schemas.members(type, use, false, json);
      json.writeObjectFieldStart("components");
      json.writeObjectFieldStart("schemas");
      schemas.writeDefinitions(json);
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return parse(out.toString(StandardCharsets.UTF_8));
  }

  public static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(JsonNode json) {
    try {
      return JSON.writeValueAsString(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode json() {
    return root;
  }

  public boolean allows(JsonNode value) {
    return schema.validate(value).isEmpty();
  }

  /** What is wrong with it. */
  public String misfit(JsonNode value) {
    return schema.validate(value).toString();
  }

  /** A value that it allows. */
  public JsonNode make(Random random) {
    JsonNode made = make(root, random);
    while (!allows(made)) {
      made = make(root, random);
    }
    return made;
  }

  private JsonNode make(JsonNode part, Random random) {
    if (part.has("$ref")) {
      return make(root.at(part.get("$ref").textValue().substring(1)), random);
    } else if (part.has("anyOf")) {
      return make(part.get("anyOf").get(random.nextInt(part.get("anyOf").size())), random);
    }
    JsonNode type = part.get("type");
    String one =
        type.isArray() ? type.get(random.nextInt(type.size())).textValue() : type.textValue();
    return switch (one) {
      case "null" -> JSON.nullNode();
      case "boolean" -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
      case "integer" -> integer(part, random);
      case "number" -> JSON.getNodeFactory().numberNode(number(part, random));
      case "string" -> JSON.getNodeFactory().textNode(string(part, random));
      case "array" -> array(part, random);
      case "object" -> object(part, random);
      default -> throw new IllegalArgumentException(one);
    };
  }

  private static JsonNode integer(JsonNode part, Random random) {
    BigInteger least = part.path("minimum").bigIntegerValue();
    BigInteger most = part.path("maximum").bigIntegerValue();
    if (!part.has("minimum")) {
      return JSON.getNodeFactory().numberNode(new BigInteger(random.nextInt(200), random).negate());
    }
    BigInteger made =
        switch (random.nextInt(5)) {
          case 0 -> least;
          case 1 -> most;
          default -> least.add(new BigInteger(64, random).mod(most.subtract(least)));
        };
    return random.nextInt(4) == 0
        ? JSON.getNodeFactory().numberNode(new BigDecimal(made, 0).setScale(random.nextInt(3)))
        : JSON.getNodeFactory().numberNode(made);
  }

  private static BigDecimal number(JsonNode part, Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> part.path("minimum").decimalValue();
      case 1 -> part.path("maximum").decimalValue();
      case 2 -> new BigDecimal(new BigInteger(random.nextInt(80), random), random.nextInt(50));
      case 3 -> BigDecimal.valueOf(random.nextGaussian() * 100);
      default -> {
        double any = Double.longBitsToDouble(random.nextLong());
        yield Double.isFinite(any) ? new BigDecimal(Double.toString(any)) : BigDecimal.ZERO;
      }
    };
  }

  private static String string(JsonNode part, Random random) {
    if (part.has("pattern")) {
      return PatternText.of(part.get("pattern").textValue(), random);
    }
    int[] points = random.ints(random.nextInt(6), 0, 0xd800).toArray();
    return new String(points, 0, points.length) + (random.nextBoolean() ? "" : "😀\"\\\n");
  }

  private JsonNode array(JsonNode part, Random random) {
    var array = JSON.createArrayNode();
    JsonNode first = part.path("prefixItems");
    int least = part.path("minItems").asInt(0);
    int most = part.path("maxItems").asInt(least + 3);
    int size = least + random.nextInt(most - least + 1);
    for (int i = 0; i < size; i++) {
      array.add(make(i < first.size() ? first.get(i) : part.get("items"), random));
    }
    return array;
  }

  private JsonNode object(JsonNode part, Random random) {
    var object = JSON.createObjectNode();
    if (part.has("properties")) {
      List<String> required = new ArrayList<>();
      part.path("required").forEach(name -> required.add(name.textValue()));
      part.get("properties")
          .properties()
          .forEach(
              field -> {
                if (required.contains(field.getKey()) || random.nextBoolean()) {
                  object.set(field.getKey(), make(field.getValue(), random));
                }
              });
    } else {
      for (int i = random.nextInt(4); i > 0; i--) {
        String name = string(part.get("propertyNames"), random);
        object.set(name, make(part.get("additionalProperties"), random));
      }
    }
    return object;
  }
}
