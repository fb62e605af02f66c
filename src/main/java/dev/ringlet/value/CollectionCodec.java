package dev.ringlet.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** list and set: JSON arrays. CQL knows no null inside of them. */
record CollectionCodec(String cqlType, Codec element) implements Codec {

  @Override
  public String expected() {
    return "an array (" + cqlType + ")";
  }

  @Override
  public void write(ByteBuffer value, JsonGenerator json, NumberForm numbers) throws IOException {
    ByteBuffer in = value.duplicate();
    json.writeStartArray();
    for (int left = in.getInt(); left > 0; left--) {
      element.writeNullable(Wire.next(in), json, numbers);
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
    List<ByteBuffer> elements = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      elements.add(element.read(json));
    }
    return Wire.collection(elements.size(), elements);
  }

  @Override
  public ByteBuffer parse(String text) {
    return Json.parse(this, text);
  }
}
