package dev.ringlet.body;

import java.util.Arrays;

/**
 * What Windows and spreadsheets put in front of UTF-8. A reader of JSON may ignore it (RFC 8259,
 * 8.1); CSV has no word on it.
 */
public final class ByteOrderMark {
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private ByteOrderMark() {}

  static byte[] bytes() {
    return MARK.clone();
  }

  /** The bytes before the text itself: 3 or 0. */
  public static int length(byte[] text) {
    return Arrays.mismatch(MARK, text) == MARK.length || Arrays.equals(MARK, text)
        ? MARK.length
        : 0;
  }

  /** The text without it. */
  public static byte[] strip(byte[] text) {
    int length = length(text);
    return length == 0 ? text : Arrays.copyOfRange(text, length, text.length);
  }
}
