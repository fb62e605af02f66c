package dev.ringlet.bytes;

/** A text that is made of values, with as many characters at most as {@link Output} has bytes. */
public final class OutputText {
  private final StringBuilder text = new StringBuilder();
  private final long most;

  /**
   * @param bytes of the values
   */
  public OutputText(long bytes) {
    most = Output.most(bytes);
  }

  public void append(String more) {
    if (text.length() + more.length() > most) {
      throw Output.tooMuch(most);
    }
    text.append(more);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
