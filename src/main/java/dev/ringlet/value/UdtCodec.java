package dev.ringlet.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ringlet.bytes.OutputText;
import dev.ringlet.bytes.Room;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A user-defined type: a JSON object with every field; what is left out of a partial one is null.
 */
record UdtCodec(String cqlType, List<String> fields, List<Codec> codecs) implements Codec {

  @Override
  public String expected() {
    return "an object with the fields " + String.join(", ", fields) + " (" + cqlType + ")";
  }

  @Override
  public void write(ByteBuffer value, JsonGenerator json, NumberForm numbers) throws IOException {
    ByteBuffer in = value.duplicate();
    json.writeStartObject();
    for (int i = 0; i < codecs.size(); i++) {
      json.writeFieldName(fields.get(i));
      // a value written before a field was added ends early
      codecs.get(i).writeNullable(in.hasRemaining() ? Wire.next(in) : null, json, numbers);
    }
    json.writeEndObject();
  }

  @Override
  public String text(ByteBuffer value) {
    return Json.text(this, value);
  }

  @Override
  public ByteBuffer read(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw Json.unexpected(json, expected());
    }
    Room room = Room.of(json);
    room.take((long) Integer.BYTES * codecs.size());
    ByteBuffer[] values = new ByteBuffer[codecs.size()];
    BitSet seen = new BitSet();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      int field = fields.indexOf(json.currentName());
      if (field < 0) {
        throw Json.unexpected(json, expected());
      }
      if (seen.get(field)) {
        throw Json.duplicate(json);
      }
      seen.set(field);
      json.nextToken();
      values[field] = Wire.readNullable(codecs.get(field), json, room);
    }
    return Wire.tuple(Arrays.asList(values));
  }

  @Override
  public void writeLiteral(ByteBuffer value, boolean inside, OutputText out) {
    ByteBuffer in = value.duplicate();
    String separator = "{";
    for (int i = 0; i < codecs.size(); i++) {
      out.append(separator + fields.get(i) + ": ");
      Literals.write(codecs.get(i), in.hasRemaining() ? Wire.next(in) : null, out);
      separator = ", ";
    }
    out.append("}");
  }

  @Override
  public String ofLiteral(String literal) {
    return Json.text(json -> readLiteral(literal, json));
  }

  @Override
  public void readLiteral(String literal, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (String part : Literals.split(literal, "{}", this)) {
      List<String> pair = Literals.pair(part, this);
      String name = Literals.unquoted(pair.get(0));
      int field = fields.indexOf(name);
      if (field < 0) {
        throw new InvalidValueException(expected(), literal);
      }
      json.writeFieldName(name);
      Literals.read(codecs.get(field), pair.get(1), json);
    }
    json.writeEndObject();
  }

  @Override
  public int compare(ByteBuffer one, ByteBuffer other) {
    return Wire.compare(one.duplicate(), other.duplicate(), codecs.size(), codecs::get);
  }

  @Override
  public ByteBuffer parse(String text) {
    return Json.parse(this, text);
  }
}
