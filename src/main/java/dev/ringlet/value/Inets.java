package dev.ringlet.value;

import io.netty.util.NetUtil;
import java.nio.ByteBuffer;

/** inet: four or sixteen bytes. Text is never resolved: a name is not an address. */
final class Inets {
  /** The one form in which an IPv6 address may end as an IPv4 address. */
  private static final String MAPPED = "::ffff:";

  private Inets() {}

  static String text(ByteBuffer value) {
    return NetUtil.bytesToIpAddress(
        value.array(), value.arrayOffset() + value.position(), value.remaining());
  }

  static ByteBuffer parse(String text) {
    if (text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
      throw new IllegalArgumentException("a zone or brackets are not part of an address");
    }
    boolean mixed = text.indexOf(':') >= 0 && text.indexOf('.') >= 0;
    if (mixed && !text.regionMatches(true, 0, MAPPED, 0, MAPPED.length())) {
      throw new IllegalArgumentException("Netty takes other mixed forms for mapped addresses");
    }
    return ByteBuffer.wrap(NetUtil.createByteArrayFromIpAddressString(text));
  }
}
