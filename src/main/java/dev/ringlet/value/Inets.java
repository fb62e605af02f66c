package dev.ringlet.value;

import io.netty.util.NetUtil;
import java.nio.ByteBuffer;

/** inet: four or sixteen bytes. Text is never resolved: a name is not an address. */
final class Inets {
  private Inets() {}

  static String text(ByteBuffer value) {
    return NetUtil.bytesToIpAddress(
        value.array(), value.arrayOffset() + value.position(), value.remaining());
  }

  static ByteBuffer parse(String text) {
    if (text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
      throw new IllegalArgumentException("a zone or brackets are not part of an address");
    }
    return ByteBuffer.wrap(NetUtil.createByteArrayFromIpAddressString(text));
  }
}
