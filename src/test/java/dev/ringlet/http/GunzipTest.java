package dev.ringlet.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GunzipTest {
  private static final int LARGEST = 1 << 14;

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return bytes.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** In chunks of so many bytes. */
  private static byte[] gunzip(byte[] gzip, int length) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (Gunzip gunzip = new Gunzip()) {
      for (int at = 0; at < gzip.length; at += length) {
        gunzip.take(Arrays.copyOfRange(gzip, at, Math.min(gzip.length, at + length)));
        for (byte[] piece = gunzip.piece(); piece.length > 0; piece = gunzip.piece()) {
          assertTrue(piece.length <= LARGEST, "a piece of " + piece.length);
          all.writeBytes(piece);
        }
      }
      gunzip.end();
    }
    return all.toByteArray();
  }

  private static void assertRefused(byte[] gzip, int length) {
    ApiException e = assertThrows(ApiException.class, () -> gunzip(gzip, length));
    assertEquals(ErrorCode.INVALID_BODY, e.code());
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    for (int i = 0; i < length; i++) {
      bytes[i] &= 3;
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8192})
  void givesWhatWasPutIn(int chunk) throws IOException {
    for (int length : new int[] {0, 1, LARGEST, LARGEST + 1, 500_000}) {
      byte[] plain = random(length);
      assertArrayEquals(plain, gunzip(gzip(plain), chunk));
      assertArrayEquals(joined(plain, plain), gunzip(joined(gzip(plain), gzip(plain)), chunk));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8192})
  void passesOverWhatElseAHeaderMayHave(int chunk) throws IOException {
    byte[] gzip = gzip("hello".getBytes(StandardCharsets.US_ASCII));
    byte[] head = Arrays.copyOf(gzip, 10);
    head[3] = 2 | 4 | 8 | 16;
    byte[] more = {3, 0, 1, 2, 3, 'n', 0, 'c', 0, 0, 0};
    byte[] rest = Arrays.copyOfRange(gzip, 10, gzip.length);
    assertEquals(
        "hello", new String(gunzip(joined(head, more, rest), chunk), StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8192})
  void refusesWhatIsNotWhole(int chunk) throws IOException {
    byte[] gzip = gzip(random(40_000));
    assertRefused(new byte[0], chunk);
    for (int length : new int[] {1, 9, 10, 200, gzip.length - 8, gzip.length - 1}) {
      assertRefused(Arrays.copyOf(gzip, length), chunk);
    }
    assertRefused(Arrays.copyOf(gzip, gzip.length + 2), chunk);
    assertRefused(joined(gzip, new byte[] {'x'}), chunk);
    for (int at : new int[] {0, 1, 2, gzip.length - 1, gzip.length - 8}) {
      byte[] damaged = gzip.clone();
      damaged[at] ^= 0x40;
      assertRefused(damaged, chunk);
    }
  }

  @Test
  void refusesFlagsThatNobodyKnows() throws IOException {
    byte[] gzip = gzip(random(1));
    gzip[3] = 0x20;
    assertRefused(gzip, 10);
  }
}
