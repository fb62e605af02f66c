package dev.ringlet.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.internal.core.type.UserDefinedTypeBuilder;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.value.Codecs;
import dev.ringlet.value.CqlType;
import dev.ringlet.value.Edges;
import dev.ringlet.value.InvalidValueException;
import dev.ringlet.value.NumberForm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/**
 * The schemas say what codecs give and take, of types at any depth. Where they do not, {@link
 * Unsaid} says why.
 */
class TypeSchemasTest {
  private static final int DEPTH = 3;

  /** Those of scalars are made once. */
  private static final Map<String, TypeSchema> SCHEMAS = new ConcurrentHashMap<>();

  /** With the limits of a request. */
  private static final JsonFactory JSON = new JsonFactory();

  private static final Pattern NO_NUMBER = Pattern.compile("\"(?:NaN|-?Infinity)\"");

  private enum Verdict {
    TAKEN,
    REFUSED,
    /** A schema cannot say that two keys of a map, or members of an object, are the same. */
    TWICE
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void whatIsGivenIsAllowed(@ForAll Random random) {
    AnyValue any = new AnyValue(random);
    DataType type = any.type(random.nextInt(DEPTH + 1));
    JsonNode given = given(type, any.value(type));
    allows(schema(type, SchemaUse.GIVEN, true), given);
    if (!NO_NUMBER.matcher(TypeSchema.text(given)).find()) {
      allows(schema(type, SchemaUse.GIVEN, false), given);
    }
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void whatIsGivenIsAllowedToComeBack(@ForAll Random random) {
    AnyValue any = new AnyValue(random);
    DataType type = any.type(random.nextInt(DEPTH + 1));
    JsonNode given = given(type, any.value(type));
    assertEquals(Verdict.TAKEN, verdict(type, given));
    agree(type, given);
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void whatIsAllowedIsTaken(@ForAll Random random, @ForAll boolean allForms) {
    DataType type = new AnyValue(random).type(random.nextInt(DEPTH + 1));
    JsonNode made = schema(type, SchemaUse.TAKEN, allForms).make(random);
    agree(type, made);
    allows(schema(type, SchemaUse.TAKEN, true), made);
  }

  @Property(tries = 5000, shrinking = ShrinkingMode.OFF)
  void whatIsNotAllowedIsRefused(@ForAll Random random) {
    AnyValue any = new AnyValue(random);
    DataType type = any.type(Math.max(0, random.nextInt(DEPTH + 4) - 3));
    JsonNode made =
        random.nextBoolean()
            ? given(type, any.value(type))
            : schema(type, SchemaUse.TAKEN, true).make(random);
    NearMiss nearMiss = new NearMiss(random);
    JsonNode near = nearMiss.of(made);
    agree(type, near);
    agree(type, nearMiss.of(near));
  }

  /**
   * As an engine of formats has it: of four digits, which years of timestamps and dates are not.
   */
  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void formatsAreThoseOfAllButFarYears(@ForAll Random random) {
    AnyValue any = new AnyValue(random);
    DataType type = any.type(0);
    JsonNode given = given(type, any.value(type));
    boolean far = given.asText().matches("[+-][0-9]+-.*");
    assertEquals(
        !far || type.equals(DataTypes.TEXT) || type.equals(DataTypes.ASCII),
        schema(type, SchemaUse.GIVEN, true).withFormats().allows(given),
        () -> type + " " + given);
  }

  /** Verdict of the schema and of the codec are the same, as far as it can be said. */
  private static void agree(DataType type, JsonNode json) {
    Verdict verdict = verdict(type, json);
    boolean allowed = schema(type, SchemaUse.TAKEN, true).allows(json);
    if (verdict != Verdict.TWICE && allowed != (verdict == Verdict.TAKEN)) {
      assertTrue(
          Unsaid.explains(CqlType.of(type), json, allowed),
          () ->
              "%s is %s of %s: %s"
                  .formatted(
                      json,
                      verdict,
                      type.asCql(true, true),
                      schema(type, SchemaUse.TAKEN, true).misfit(json)));
    }
  }

  private static void allows(TypeSchema schema, JsonNode json) {
    assertEquals("[]", schema.misfit(json), json::toString);
  }

  private static TypeSchema schema(DataType type, SchemaUse use, boolean allForms) {
    return CqlType.of(type).kind() == CqlType.Kind.SCALAR
        ? SCHEMAS.computeIfAbsent(
            type + "/" + use + "/" + allForms, key -> TypeSchema.of(type, use, allForms))
        : TypeSchema.of(type, use, allForms);
  }

  private static JsonNode given(DataType type, Object value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = TypeSchema.JSON.createGenerator(out)) {
      Codecs.of(type).write(Edges.bytes(type, value), json, NumberForm.STRING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return TypeSchema.parse(out.toString(StandardCharsets.UTF_8));
  }

  private static Verdict verdict(DataType type, JsonNode value) {
    if (value.isNull()) {
      return Verdict.REFUSED; // before a codec sees it
    }
    try (JsonParser json = JSON.createParser(TypeSchema.text(value))) {
      json.nextToken();
      var unused = Codecs.of(type).read(json);
      return Verdict.TAKEN;
    } catch (InvalidValueException e) {
      return e.expected().equals("each key once") ? Verdict.TWICE : Verdict.REFUSED;
    } catch (ApiException e) {
      return e.code() == ErrorCode.INVALID_JSON ? Verdict.TWICE : Verdict.REFUSED;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A document has the same entity tag from every instance. */
  @Test
  void definitionsComeInTheOrderInWhichTheyAreReferredTo() throws IOException {
    TypeSchemas schemas = TypeSchemas.ofOneForm();
    StringWriter out = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.writeStartArray();
      for (int i = 9; i > 0; i--) {
        DataType type =
            new UserDefinedTypeBuilder("ks", "t" + i).withField("f", DataTypes.INT).build();
        json.writeStartObject();
        schemas.members(CqlType.of(type), SchemaUse.GIVEN, false, json);
        json.writeEndObject();
      }
      json.writeStartObject();
      schemas.writeDefinitions(json);
      json.writeEndObject();
      json.writeEndArray();
    }
    List<String> written = new ArrayList<>();
    new ObjectMapper().readTree(out.toString()).get(9).fieldNames().forEachRemaining(written::add);
    assertEquals(9, written.size());
    assertEquals(written.stream().sorted(Comparator.reverseOrder()).toList(), written);
  }
}
