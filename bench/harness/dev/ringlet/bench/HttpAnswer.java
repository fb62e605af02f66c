package dev.ringlet.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Finds the status and the end of an answer of HTTP/1.1, however its bytes are cut. */
final class HttpAnswer {
  private enum Part {
    HEAD,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    TRAILER
  }

  private final StringBuilder line = new StringBuilder();
  private Part part = Part.HEAD;
  private int status;
  private long left;
  private boolean chunked;

  int status() {
    return status;
  }

  /** Whether the answer is complete with these bytes. */
  boolean take(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      boolean complete = (part == Part.BODY || part == Part.CHUNK) ? skip(bytes) : readLine(bytes);
      if (complete) {
        part = Part.HEAD;
        return true;
      }
    }
    return false;
  }

  private boolean skip(ByteBuffer bytes) {
    int skipped = (int) Math.min(left, bytes.remaining());
    bytes.position(bytes.position() + skipped);
    left -= skipped;
    if (left == 0 && part == Part.CHUNK) {
      part = Part.CHUNK_SIZE;
    }
    return left == 0 && part == Part.BODY;
  }

  private boolean readLine(ByteBuffer bytes) {
    int start = bytes.position();
    while (bytes.hasRemaining()) {
      if (bytes.get() == '\n') {
        append(bytes, start);
        String text = line.toString().trim();
        line.setLength(0);
        return line(text);
      }
    }
    append(bytes, start);
    return false;
  }

  private void append(ByteBuffer bytes, int start) {
    int length = bytes.position() - start;
    line.append(
        new String(
            bytes.array(), bytes.arrayOffset() + start, length, StandardCharsets.ISO_8859_1));
  }

  /** Whether the answer ends with this line. */
  private boolean line(String text) {
    switch (part) {
      case HEAD -> {
        return head(text);
      }
      case CHUNK_SIZE -> {
        left = Long.parseLong(text, 16) + 2; // and the line end behind it
        part = left == 2 ? Part.TRAILER : Part.CHUNK;
        return false;
      }
      default -> {
        return text.isEmpty();
      }
    }
  }

  private boolean head(String text) {
    if (text.isEmpty()) {
      part = chunked ? Part.CHUNK_SIZE : Part.BODY;
      return !chunked && left == 0;
    }
    if (text.startsWith("HTTP/1.1 ")) {
      status = Integer.parseInt(text.substring(9, 12));
      left = 0;
      chunked = false;
      return false;
    }
    String header = text.toLowerCase(Locale.ROOT);
    if (header.startsWith("content-length:")) {
      left = Long.parseLong(header.substring(15).trim());
    }
    chunked |= header.equals("transfer-encoding: chunked");
    return false;
  }
}
