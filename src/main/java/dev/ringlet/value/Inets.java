package dev.ringlet.value;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * inet: four or sixteen bytes. Text is never resolved: a name is not an address. An IPv4-mapped
 * IPv6 address (RFC 4291, 2.5.5.2) is the IPv4 address, as for CQL and the driver.
 */
final class Inets {
  private Inets() {}

  static String text(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.get(value.position(), bytes);
    return NetUtil.bytesToIpAddress(unmapped(bytes));
  }

  static ByteBuffer parse(String text) {
    if (text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
      throw new IllegalArgumentException("a zone or brackets are not part of an address");
    }
    return ByteBuffer.wrap(unmapped(bytes(withoutDots(text))));
  }

  /** An IPv6 address may end as an IPv4 address: Netty takes some of these for mapped ones. */
  private static String withoutDots(String text) {
    int end = text.lastIndexOf(':') + 1;
    if (end == 0 || text.indexOf('.') < 0) {
      return text;
    }
    byte[] last = bytes(text.substring(end));
    return text.substring(0, end)
        + "%02x%02x:%02x%02x".formatted(last[0], last[1], last[2], last[3]);
  }

  private static byte[] bytes(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null) {
      throw new IllegalArgumentException(address);
    }
    return bytes;
  }

  private static byte[] unmapped(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e); // neither four bytes nor sixteen
    }
  }
}
