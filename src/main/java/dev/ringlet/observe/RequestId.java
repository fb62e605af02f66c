package dev.ringlet.observe;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** What a request is called in its answer, in the log, and by its client. */
public final class RequestId {
  /** What needs no escaping wherever it is printed. */
  private static final Pattern PRINTABLE = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,128}");

  private RequestId() {}

  /**
   * @param wanted what the client calls it, or null
   * @return that, if it can be logged as it is; else a new one
   */
  public static String of(String wanted) {
    if (wanted != null && PRINTABLE.matcher(wanted).matches()) {
      return wanted;
    }
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
