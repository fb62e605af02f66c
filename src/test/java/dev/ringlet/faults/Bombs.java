package dev.ringlet.faults;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Gzip of ten megabytes with ten gigabytes in it, made of one part over and over. */
final class Bombs {
  private static final int LENGTH = 10_000_000;
  private static final int PART = 64 << 20;
  private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 255};

  private Bombs() {}

  /** One member without an end. */
  static byte[] ofOneMember(String begin) {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.writeBytes(HEAD);
    bomb.writeBytes(deflated(bytes(begin), Deflater.FULL_FLUSH));
    repeat(bomb, deflated(filled(PART), Deflater.FULL_FLUSH));
    return bomb.toByteArray();
  }

  /** Many whole ones of a megabyte each. */
  static byte[] ofManyMembers(String begin) {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.writeBytes(member(bytes(begin)));
    repeat(bomb, member(filled(1 << 20)));
    return bomb.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 'x');
    return bytes;
  }

  private static void repeat(ByteArrayOutputStream bomb, byte[] part) {
    while (bomb.size() < LENGTH) {
      bomb.writeBytes(part);
    }
  }

  private static byte[] member(byte[] plain) {
    CRC32 checksum = new CRC32();
    checksum.update(plain);
    ByteArrayOutputStream member = new ByteArrayOutputStream();
    member.writeBytes(HEAD);
    member.writeBytes(deflated(plain, Deflater.NO_FLUSH));
    for (long number : new long[] {checksum.getValue(), plain.length}) {
      for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
        member.write((int) (number >> shift));
      }
    }
    return member.toByteArray();
  }

  /** Whole, or so that it can be repeated. */
  private static byte[] deflated(byte[] plain, int flush) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(plain);
    if (flush == Deflater.NO_FLUSH) {
      deflater.finish();
    }
    byte[] deflated = new byte[plain.length / 500 + 1000];
    int length = deflater.deflate(deflated, 0, deflated.length, flush);
    deflater.end();
    return Arrays.copyOf(deflated, length);
  }
}
