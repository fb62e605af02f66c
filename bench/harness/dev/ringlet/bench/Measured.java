package dev.ringlet.bench;

/**
 * What a load found.
 *
 * @param good answers with 2xx
 * @param shed answers with 503
 * @param failed other answers, and connections lost
 * @param unsent what was due and could not be sent before the end, since no connection was free
 * @param seconds until the last answer
 * @param p50 milliseconds of good answers, from when they were due to be sent
 */
record Measured(
    long good, long shed, long failed, long unsent, double seconds, double p50, double p99) {

  /** Of a server that has ended. */
  static final Measured NOTHING = new Measured(0, 0, 1, 0, 1, Double.NaN, Double.NaN);

  double perSecond() {
    return good / seconds;
  }

  /** Of all that was due, what had no good answer. */
  double badPart() {
    double bad = shed + failed + unsent;
    return bad / (bad + good);
  }

  String line() {
    return "%d %d %d %d %s %s %s".formatted(good, shed, failed, unsent, seconds, p50, p99);
  }

  static Measured parse(String line) {
    String[] part = line.split(" ", -1);
    return new Measured(
        Long.parseLong(part[0]),
        Long.parseLong(part[1]),
        Long.parseLong(part[2]),
        Long.parseLong(part[3]),
        Double.parseDouble(part[4]),
        Double.parseDouble(part[5]),
        Double.parseDouble(part[6]));
  }
}
