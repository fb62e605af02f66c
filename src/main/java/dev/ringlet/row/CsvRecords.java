package dev.ringlet.row;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a body of CSV (RFC 4180) into records as it arrives, chunk by chunk: a line end inside of
 * quotes belongs to its field. No more than one record is kept, and of one that is too long
 * nothing.
 */
public final class CsvRecords implements Records {
  private enum State {
    FIELD_START,
    PLAIN,
    QUOTED,
    QUOTE_IN_QUOTED
  }

  private final int maxLength;
  private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private State state = State.FIELD_START;
  private boolean tooLong;
  private int line = 1;
  private int firstLine = 1;

  /**
   * @param maxLength bytes of a record
   */
  public CsvRecords(int maxLength) {
    this.maxLength = maxLength;
  }

  /** A record is a line that may have line ends inside. */
  @Override
  public List<Line> read(byte[] chunk) {
    List<Line> records = new ArrayList<>();
    for (byte b : chunk) {
      if (b == '\n') {
        line++;
      }
      if (b == '\n' && state != State.QUOTED) {
        end(records);
      } else {
        state = next(b);
        keep(b);
        if (firstLine == 1 && bytes.size() == 3 && ByteOrderMark.length(bytes.toByteArray()) == 3) {
          state = State.FIELD_START;
        }
      }
    }
    return records;
  }

  @Override
  public List<Line> end() {
    List<Line> records = new ArrayList<>();
    end(records);
    return records;
  }

  @Override
  public int kept() {
    return bytes.size();
  }

  private State next(byte b) {
    return switch (state) {
      case FIELD_START -> b == '"' ? State.QUOTED : b == ',' ? State.FIELD_START : State.PLAIN;
      case PLAIN -> b == ',' ? State.FIELD_START : State.PLAIN;
      case QUOTED -> b == '"' ? State.QUOTE_IN_QUOTED : State.QUOTED;
      case QUOTE_IN_QUOTED -> b == '"' ? State.QUOTED : b == ',' ? State.FIELD_START : State.PLAIN;
    };
  }

  private void keep(byte b) {
    if (bytes.size() == maxLength) {
      tooLong = true;
    }
    if (!tooLong) {
      bytes.write(b);
    }
  }

  private void end(List<Line> records) {
    byte[] record = bytes.toByteArray();
    int start = firstLine == 1 ? ByteOrderMark.length(record) : 0;
    int end = record.length;
    end -= end > start && record[end - 1] == '\r' ? 1 : 0;
    if (tooLong || end > start) {
      byte[] kept = tooLong ? new byte[0] : Arrays.copyOfRange(record, start, end);
      records.add(new Line(firstLine, kept, tooLong));
    }
    bytes = new ByteArrayOutputStream(); // reset, it would keep the room of the longest
    state = State.FIELD_START;
    tooLong = false;
    firstLine = line;
  }
}
