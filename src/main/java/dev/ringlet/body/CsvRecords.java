package dev.ringlet.body;

import dev.ringlet.config.CsvForm;
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

  private static final byte[] MARK = ByteOrderMark.bytes();

  private final int maxLength;
  private final CsvForm form;
  private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private State state = State.FIELD_START;
  private boolean escaped;
  private boolean tooLong;
  private int marks;
  private int line = 1;
  private int firstLine = 1;

  /**
   * @param maxLength bytes of a record
   */
  public CsvRecords(int maxLength, CsvForm form) {
    this.maxLength = maxLength;
    this.form = form;
  }

  /** A record is a line that may have line ends inside. */
  @Override
  public List<Line> read(byte[] chunk) {
    List<Line> records = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < chunk.length; i++) {
      byte b = chunk[i];
      if (b == '\n') {
        line++;
        if (state != State.QUOTED && !escaped) {
          keep(chunk, start, i);
          end(records);
          start = i + 1;
          continue;
        }
      }
      look(b);
    }
    keep(chunk, start, chunk.length);
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

  @Override
  public boolean hasBegun() {
    return tooLong || bytes.size() > 0;
  }

  private void look(byte b) {
    if (marks < MARK.length && b == MARK[marks]) {
      marks++; // a byte order mark comes before the first field
    } else if (escaped) {
      escaped = false;
    } else if (b == '\\' && form.escapes(state == State.QUOTED)) {
      escaped = true;
      state = state == State.FIELD_START ? State.PLAIN : state;
    } else {
      marks = MARK.length;
      state = next(b);
    }
  }

  private State next(byte b) {
    if (state == State.QUOTED) {
      return b == '"' ? State.QUOTE_IN_QUOTED : State.QUOTED;
    } else if (b == form.delimiter()) {
      return State.FIELD_START;
    }
    return b == '"' && state != State.PLAIN ? State.QUOTED : State.PLAIN;
  }

  private void keep(byte[] chunk, int start, int end) {
    tooLong |= bytes.size() + (end - start) > maxLength;
    if (tooLong) {
      bytes = new ByteArrayOutputStream(); // reset, it would keep its room
    } else {
      bytes.write(chunk, start, end - start);
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
    bytes = new ByteArrayOutputStream();
    state = State.FIELD_START;
    escaped = false;
    tooLong = false;
    marks = MARK.length;
    firstLine = line;
  }
}
