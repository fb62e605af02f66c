package dev.ringlet.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ringlet.bytes.OutputText;
import dev.ringlet.bytes.Room;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** tuple: a JSON array with every component; in a shorter one the rest is null. */
record TupleCodec(String cqlType, List<Codec> components) implements Codec {

  @Override
  public String expected() {
    return "an array of at most " + components.size() + " (" + cqlType + ")";
  }

  @Override
  public void write(ByteBuffer value, JsonGenerator json, NumberForm numbers) throws IOException {
    ByteBuffer in = value.duplicate();
    json.writeStartArray();
    for (Codec component : components) {
      component.writeNullable(in.hasRemaining() ? Wire.next(in) : null, json, numbers);
    }
    json.writeEndArray();
  }

  @Override
  public String text(ByteBuffer value) {
    return Json.text(this, value);
  }

  @Override
  public ByteBuffer read(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw Json.unexpected(json, expected());
    }
    Room room = Room.of(json);
    room.take((long) Integer.BYTES * components.size());
    List<ByteBuffer> values = new ArrayList<>(components.size());
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (values.size() == components.size()) {
        throw Json.unexpected(json, expected());
      }
      values.add(Wire.readNullable(components.get(values.size()), json, room));
    }
    while (values.size() < components.size()) {
      values.add(null);
    }
    return Wire.tuple(values);
  }

  @Override
  public void writeLiteral(ByteBuffer value, boolean inside, OutputText out) {
    ByteBuffer in = value.duplicate();
    String separator = "(";
    for (Codec component : components) {
      out.append(separator);
      Literals.write(component, in.hasRemaining() ? Wire.next(in) : null, out);
      separator = ", ";
    }
    out.append(")");
  }

  @Override
  public String ofLiteral(String literal) {
    return Json.text(json -> readLiteral(literal, json));
  }

  @Override
  public void readLiteral(String literal, JsonGenerator json) throws IOException {
    List<String> parts = Literals.split(literal, "()", this);
    if (parts.size() > components.size()) {
      throw new InvalidValueException(expected(), literal);
    }
    json.writeStartArray();
    for (int i = 0; i < parts.size(); i++) {
      Literals.read(components.get(i), parts.get(i), json);
    }
    json.writeEndArray();
  }

  @Override
  public int compare(ByteBuffer one, ByteBuffer other) {
    return Wire.compare(one.duplicate(), other.duplicate(), components.size(), components::get);
  }

  @Override
  public ByteBuffer parse(String text) {
    return Json.parse(this, text);
  }
}
