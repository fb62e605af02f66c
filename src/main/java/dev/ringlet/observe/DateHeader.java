package dev.ringlet.observe;

import io.vertx.core.http.HttpHeaders;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The header Date (RFC 9110, section 6.6.1), made once a second. */
public final class DateHeader {
  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private record Made(long second, CharSequence text) {}

  private static volatile Made last = new Made(-1, "");

  private DateHeader() {}

  public static CharSequence now() {
    long second = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
    Made made = last;
    if (made.second() != second) {
      made = new Made(second, text(second));
      last = made;
    }
    return made.text();
  }

  private static CharSequence text(long second) {
    return HttpHeaders.createOptimized(IMF_FIXDATE.format(Instant.ofEpochSecond(second)));
  }
}
