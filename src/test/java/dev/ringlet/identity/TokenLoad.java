package dev.ringlet.identity;

import static org.awaitility.Awaitility.await;

import dev.ringlet.local.Packaged;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Requests with good and bad tokens in turn, from some threads, until it is closed. */
final class TokenLoad implements AutoCloseable {
  private static final int THREADS = 4;

  /** A token, and the status that its requests must have. */
  private record Sent(String token, int status) {}

  private final AtomicReference<List<Sent>> tokens = new AtomicReference<>(List.of());
  private final Map<Integer, AtomicLong> answered = new ConcurrentHashMap<>();
  private final List<String> wrong = new CopyOnWriteArrayList<>();
  private final AtomicLong rounds = new AtomicLong();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private volatile boolean closed;

  TokenLoad(Packaged ringlet, String path) {
    for (int i = 0; i < THREADS; i++) {
      threads.execute(
          () -> {
            while (!closed) {
              tokens.get().forEach(sent -> send(ringlet, path, sent));
              rounds.incrementAndGet();
            }
          });
    }
  }

  private void send(Packaged ringlet, String path, Sent sent) {
    int status = ringlet.send("GET", path, Map.of("Authorization", "Bearer " + sent.token()), "");
    answered.computeIfAbsent(status, first -> new AtomicLong()).incrementAndGet();
    if (status != sent.status() && tokens.get().contains(sent)) {
      wrong.add(status + " instead of " + sent.status());
    }
  }

  /** One that must be let in. */
  void good(String token) {
    add(new Sent(token, 200));
  }

  /** One that must be refused. */
  void bad(String token) {
    add(new Sent(token, 401));
  }

  private void add(Sent sent) {
    tokens.updateAndGet(before -> Stream.concat(before.stream(), Stream.of(sent)).toList());
  }

  /** Good ones are not sent any more. */
  void forget() {
    tokens.updateAndGet(before -> before.stream().filter(sent -> sent.status() != 200).toList());
  }

  /** Waits for so many more requests with each token. */
  void awaitMore(int requests) {
    long enough = rounds.get() + requests;
    await().until(() -> rounds.get() >= enough);
  }

  List<String> wrong() {
    return List.copyOf(wrong);
  }

  @Override
  public String toString() {
    return "answered by status %s, wrongly %d".formatted(answered, wrong.size());
  }

  @Override
  public void close() {
    closed = true;
    threads.shutdown();
  }
}
