package dev.ringlet.request;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a body into lines as it arrives, chunk by chunk. No more than one line is kept, and of one
 * that is too long nothing.
 */
public final class Lines {
  private final int maxLength;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int number = 1;
  private boolean tooLong;

  /**
   * @param maxLength bytes of a line
   */
  public Lines(int maxLength) {
    this.maxLength = maxLength;
  }

  /** The lines that end in this chunk, blank ones left out. */
  public List<Line> read(byte[] chunk) {
    List<Line> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < chunk.length; i++) {
      if (chunk[i] == '\n') {
        keep(chunk, start, i);
        end(lines);
        start = i + 1;
      }
    }
    keep(chunk, start, chunk.length);
    return lines;
  }

  /** The last line, if no line end came after it. */
  public List<Line> end() {
    List<Line> lines = new ArrayList<>();
    end(lines);
    return lines;
  }

  private void keep(byte[] chunk, int start, int end) {
    tooLong |= line.size() + (end - start) > maxLength;
    if (tooLong) {
      line.reset();
    } else {
      line.write(chunk, start, end - start);
    }
  }

  private void end(List<Line> lines) {
    byte[] bytes = line.toByteArray();
    if (tooLong || !isBlank(bytes)) {
      lines.add(new Line(number, bytes, tooLong));
    }
    line.reset();
    tooLong = false;
    number++;
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte b : bytes) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }
}
