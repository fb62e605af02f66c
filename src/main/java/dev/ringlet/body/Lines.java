package dev.ringlet.body;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a body into lines as it arrives, chunk by chunk. No more than one line is kept, and of one
 * that is too long nothing.
 */
public final class Lines implements Records {
  private final int maxLength;
  private ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int number = 1;
  private boolean tooLong;

  /**
   * @param maxLength bytes of a line
   */
  public Lines(int maxLength) {
    this.maxLength = maxLength;
  }

  @Override
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

  @Override
  public List<Line> end() {
    List<Line> lines = new ArrayList<>();
    end(lines);
    return lines;
  }

  @Override
  public int kept() {
    return line.size();
  }

  /** Spaces may be all that a line ever has, and may be the beginning of one. */
  @Override
  public boolean hasBegun() {
    return tooLong || line.size() > 0;
  }

  private void keep(byte[] chunk, int start, int end) {
    tooLong |= line.size() + (end - start) > maxLength;
    if (tooLong) {
      line = new ByteArrayOutputStream(); // reset, it would keep its room
    } else {
      line.write(chunk, start, end - start);
    }
  }

  private void end(List<Line> lines) {
    byte[] bytes = line.toByteArray();
    if (tooLong || !isBlank(bytes)) {
      lines.add(new Line(number, bytes, tooLong));
    }
    line = new ByteArrayOutputStream();
    tooLong = false;
    number++;
  }

  private static boolean isBlank(byte[] bytes) {
    for (int i = ByteOrderMark.length(bytes); i < bytes.length; i++) {
      byte b = bytes[i];
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }
}
