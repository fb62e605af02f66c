package dev.ringlet.encode;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;

/** A document that is put into another as it is: a text would be one more copy of it. */
public final class RawJson {
  private final byte[] utf8;

  /**
   * @param utf8 its bytes, not to be changed
   */
  public RawJson(byte[] utf8) {
    this.utf8 = utf8;
  }

  /** In bytes. */
  public int length() {
    return utf8.length;
  }

  /** As a value. What writes JSON has to write bytes. */
  void write(JsonGenerator json) throws IOException {
    json.writeRawValue(""); // what stands before a value
    json.flush();
    ((OutputStream) json.getOutputTarget()).write(utf8);
  }
}
