package dev.ringlet.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * map: a JSON object where the keys are scalars, else an array of {@code [key, value]}; both are
 * accepted.
 */
record MapCodec(String cqlType, Codec key, Codec element) implements Codec {

  @Override
  public String expected() {
    return "an object or an array of [key, value] (" + cqlType + ")";
  }

  @Override
  public void write(ByteBuffer value, JsonGenerator json, NumberForm numbers) throws IOException {
    ByteBuffer in = value.duplicate();
    int entries = in.getInt();
    if (key.scalar()) {
      json.writeStartObject();
      for (; entries > 0; entries--) {
        ByteBuffer name = Wire.next(in);
        json.writeFieldName(key.present(name) ? key.text(name) : "");
        element.writeNullable(Wire.next(in), json, numbers);
      }
      json.writeEndObject();
    } else {
      json.writeStartArray();
      for (; entries > 0; entries--) {
        json.writeStartArray();
        key.writeNullable(Wire.next(in), json, numbers);
        element.writeNullable(Wire.next(in), json, numbers);
        json.writeEndArray();
      }
      json.writeEndArray();
    }
  }

  @Override
  public String text(ByteBuffer value) {
    return Json.text(this, value);
  }

  @Override
  public ByteBuffer read(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> readObject(json);
      case START_ARRAY -> readPairs(json);
      default -> throw Json.unexpected(json, expected());
    };
  }

  @Override
  public ByteBuffer parse(String text) {
    return Json.parse(this, text);
  }

  private ByteBuffer readObject(JsonParser json) throws IOException {
    Entries entries = new Entries();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      if (isKnown(entries, field(json))) {
        throw Json.duplicate(json);
      }
      json.nextToken();
      entries.all.add(element.read(json));
    }
    return entries.bytes();
  }

  private ByteBuffer field(JsonParser json) throws IOException {
    try {
      return key.parse(json.currentName());
    } catch (InvalidValueException e) {
      throw new InvalidValueException("as key " + e.expected(), e.got(), Json.pointer(json));
    }
  }

  private ByteBuffer readPairs(JsonParser json) throws IOException {
    Entries entries = new Entries();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      require(json, JsonToken.START_ARRAY);
      json.nextToken();
      if (isKnown(entries, key.read(json))) {
        throw new InvalidValueException("each key once", "a key again", Json.pointer(json));
      }
      json.nextToken();
      entries.all.add(element.read(json));
      json.nextToken();
      require(json, JsonToken.END_ARRAY);
    }
    return entries.bytes();
  }

  /** Adds a key. Of two that Cassandra holds for equal one would be lost, and its value with it. */
  private boolean isKnown(Entries entries, ByteBuffer value) {
    entries.all.add(value);
    return !entries.keys.add(key == Scalar.DECIMAL ? Decimals.comparable(value) : value);
  }

  private void require(JsonParser json, JsonToken token) throws IOException {
    if (json.currentToken() != token) {
      throw Json.unexpected(json, "a pair [key, value] (" + cqlType + ")");
    }
  }

  /**
   * Keys and values in turn. Of two equal keys one would be lost. The keys are a tree: it is easy
   * to send ten thousands of one hash.
   */
  private static final class Entries {
    private final List<ByteBuffer> all = new ArrayList<>();
    private final Set<ByteBuffer> keys = new TreeSet<>();

    ByteBuffer bytes() {
      return Wire.collection(keys.size(), all);
    }
  }
}
