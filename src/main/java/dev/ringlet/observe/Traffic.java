package dev.ringlet.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** How much goes through: rows, and the bytes of streams. */
@Singleton
public final class Traffic {
  private final Counter rowsRead;
  private final Counter rowsWritten;
  private final Counter bytesIn;
  private final Counter bytesOut;

  Traffic(MeterRegistry registry) {
    rowsRead = rows("read").register(registry);
    rowsWritten = rows("written").register(registry);
    bytesIn = bytes("in").register(registry);
    bytesOut = bytes("out").register(registry);
  }

  private static Counter.Builder rows(String direction) {
    return Counter.builder("ringlet.rows")
        .description("Rows read from Cassandra and sent, or written to it")
        .tag("direction", direction);
  }

  private static Counter.Builder bytes(String direction) {
    return Counter.builder("ringlet.streamed")
        .description("Bytes of streams of rows, as they are without compression")
        .baseUnit("bytes")
        .tag("direction", direction);
  }

  void rowsRead(int number) {
    rowsRead.increment(number);
  }

  void rowsWritten(int number) {
    rowsWritten.increment(number);
  }

  public void bytesIn(int number) {
    bytesIn.increment(number);
  }

  void bytesOut(int number) {
    bytesOut.increment(number);
  }
}
