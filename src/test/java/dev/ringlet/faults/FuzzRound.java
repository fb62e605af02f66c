package dev.ringlet.faults;

import dev.ringlet.local.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The requests of one seed, one after the other on one connection. */
final class FuzzRound {
  private static final Path FAILURES = Path.of("target", "fuzz");

  private final URI server;
  private final long seed;
  private final FuzzTally tally;
  private final FuzzContract contract;
  private final FuzzGrammar grammar;
  private RawHttp connection;
  private FuzzFollow follow = FuzzFollow.NOWHERE;

  FuzzRound(URI server, long seed, FuzzTally tally) {
    this.server = server;
    this.seed = seed;
    this.tally = tally;
    this.contract = new FuzzContract(tally);
    this.grammar = new FuzzGrammar(new Dice(seed));
  }

  void run(int requests) throws IOException {
    connection = new RawHttp(server);
    for (int i = 0; i < requests; i++) {
      String request = grammar.next(follow);
      try {
        send(request);
      } catch (IOException | AssertionError e) {
        throw failed(i, request, e);
      }
    }
    connection.close();
  }

  private void send(String request) throws IOException {
    long began = System.nanoTime();
    connection.send(request);
    RawHttp.Answer answer = connection.answer(request.startsWith("HEAD "));
    tally.add(answer.status(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    try {
      contract.check(request, answer);
    } catch (IOException | AssertionError e) {
      throw new AssertionError(
          "%s: %d %s%s".formatted(e, answer.status(), answer.head(), answer.body()), e);
    }
    follow = FuzzFollow.of(request, answer.head());
    boolean understood = answer.head().contains("X-Request-Id: ");
    if (answer.closes() || !understood) {
      connection.close();
      connection = new RawHttp(server);
    }
  }

  /** The request is kept as it was sent, for nc. */
  private AssertionError failed(int number, String request, Throwable e) throws IOException {
    Path file = FAILURES.resolve(seed + "-" + number + ".http");
    Files.createDirectories(FAILURES);
    Files.write(file, request.getBytes(StandardCharsets.ISO_8859_1));
    return new AssertionError(
        "seed %d, request %d, in %s:%n%s%n%s".formatted(seed, number, file, request, e), e);
  }
}
