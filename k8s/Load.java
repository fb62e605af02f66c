import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The load of {@code k8s/verify-scaling}: GET of one path, in the open model, at rates that change
 * in straight lines; {@code java Load.java URL HEADER-FILE FILE 0:100 30:400 60:400}, each a second
 * and a rate. A line for each second: the second, requests that were due in it, answers of 200,
 * others and none, and of the good answers' milliseconds since they were due the median and the 99th
 * percentile. With {@code CONNECTIONS x SECONDS} instead of the rates, as {@code 16x10}, in the
 * closed model: prints the good answers a second.
 */
final class Load {
  private static final int MOST_AT_ONCE = 2000;

  private static final class Second {
    final AtomicInteger due = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();
    final ConcurrentLinkedQueue<Integer> micros = new ConcurrentLinkedQueue<>();

    String line(int second) {
      int[] sorted = micros.stream().mapToInt(i -> i).sorted().toArray();
      return "%d %d %d %d %.1f %.1f"
          .formatted(
              second,
              due.get(),
              sorted.length,
              failed.get(),
              percentile(sorted, 0.5),
              percentile(sorted, 0.99));
    }

    private static double percentile(int[] sorted, double part) {
      return sorted.length == 0 ? 0 : sorted[(int) (part * (sorted.length - 1))] / 1000.0;
    }
  }

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final Map<Integer, Second> seconds = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);
  private final HttpRequest request;
  private final long begun = System.nanoTime();

  private Load(String url, String header) {
    request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(30))
            .header(header.split(": ")[0], header.split(": ")[1].strip())
            .build();
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Load load = new Load(args[0], Files.readString(Path.of(args[1])));
    if (args[3].contains("x")) {
      String[] closed = args[3].split("x");
      load.closed(Integer.parseInt(closed[0]), Integer.parseInt(closed[1]));
    } else {
      try (PrintStream out = new PrintStream(args[2])) {
        load.open(Arrays.stream(args, 3, args.length).map(Load::point).toList(), out);
      }
    }
  }

  private static double[] point(String text) {
    return Arrays.stream(text.split(":")).mapToDouble(Double::parseDouble).toArray();
  }

  private void closed(int connections, int last) throws InterruptedException {
    long end = begun + Duration.ofSeconds(last).toNanos();
    for (int i = 0; i < connections; i++) {
      again(end);
    }
    Thread.sleep(Duration.ofSeconds(last).toMillis());
    int good = seconds.values().stream().mapToInt(second -> second.micros.size()).sum();
    System.out.println(good / last);
    System.exit(0);
  }

  private void again(long end) {
    send(System.nanoTime()).thenRun(() -> {
      if (System.nanoTime() < end) {
        again(end);
      }
    });
  }

  private void open(List<double[]> points, PrintStream out) throws InterruptedException {
    double end = points.get(points.size() - 1)[0];
    double due = 0;
    int told = 0;
    while (due < end) {
      long at = begun + (long) (due * 1e9);
      while (System.nanoTime() < at) {
        LockSupport.parkNanos(at - System.nanoTime());
      }
      second(at).due.incrementAndGet();
      if (room.tryAcquire()) {
        send(at).thenRun(room::release);
      } else {
        failed(at, "no room");
      }
      due += 1 / rate(points, due);
      if (due > told + 5) { // answers of a second come in the next ones
        out.println(seconds.getOrDefault(told, new Second()).line(told++));
      }
    }
    room.acquire(MOST_AT_ONCE);
    for (; told < end; told++) {
      out.println(seconds.getOrDefault(told, new Second()).line(told));
    }
    System.out.println("failed: " + new TreeMap<>(failures));
    System.exit(0);
  }

  private static double rate(List<double[]> points, double second) {
    for (int i = 1; i < points.size(); i++) {
      double[] a = points.get(i - 1);
      double[] b = points.get(i);
      if (second < b[0]) {
        return a[1] + (b[1] - a[1]) * (second - a[0]) / (b[0] - a[0]);
      }
    }
    return points.get(points.size() - 1)[1];
  }

  private CompletableFuture<Void> send(long due) {
    return http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
        .handle(
            (answer, failure) -> {
              if (failure != null) {
                failed(due, String.valueOf(failure.getMessage()));
              } else if (answer.statusCode() != 200) {
                failed(due, Integer.toString(answer.statusCode()));
              } else {
                second(due).micros.add((int) ((System.nanoTime() - due) / 1000));
              }
              return null;
            });
  }

  private void failed(long due, String why) {
    second(due).failed.incrementAndGet();
    failures.computeIfAbsent(why, first -> new AtomicInteger()).incrementAndGet();
  }

  private Second second(long at) {
    return seconds.computeIfAbsent((int) ((at - begun) / 1_000_000_000L), first -> new Second());
  }
}
