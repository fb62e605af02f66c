package dev.ringlet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.faults.Dice;
import dev.ringlet.local.RawHttp;
import dev.ringlet.model.Ask.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * Thousands of requests by callers of every kind under rules of every kind, each held against what
 * an oracle that knows the contract alone says of it: the status, the rows and columns of the
 * answer, and what is stored afterwards. {@code -Dmodel.seed=2} makes others, {@code
 * -Dmodel.case=17} runs one alone.
 */
class WhoMayIT {
  private static final Logger LOG = Logger.getLogger(WhoMayIT.class);
  private static final int CASES = Integer.getInteger("model.cases", 5400);
  private static final long SEED = Long.getLong("model.seed", 1);
  private static final int ONLY = Integer.getInteger("model.case", -1);
  private static final int CONNECTIONS = 8;
  private static final int SHOWN = 20;
  private static final int LEAST_OF_A_FORM = 40;
  private static final Set<Integer> STATUSES =
      Set.of(200, 201, 204, 304, 400, 401, 403, 404, 405, 412);

  private static final Path FAILURES = Path.of("target", "model", "failures");

  private final Tally tally = new Tally();

  @Test
  void whatIsAnsweredAndStoredIsWhatTheContractSays() throws Exception {
    long began = System.nanoTime();
    try (World world = new World()) {
      List<Policy> policies = new Policies(world.shapes(), SEED).all();
      List<Case> cases = new ArrayList<>();
      for (int i = 0; i < CASES; i++) {
        if (ONLY < 0 || i == ONLY) {
          Dice dice = new Dice(SEED * 1_000_003 + i);
          cases.add(Case.of(i, world.shapes(), policies, dice, Callers.KEYS));
        }
      }
      world.write(cases.stream().map(Case::made).toList());
      long made = System.nanoTime();
      try (Ringlet ringlet = Ringlet.start("model", world.shapes(), policies, Callers.KEYS)) {
        run(ringlet, new Judge(world.shapes(), policies, world), cases);
      }
      LOG.infof(
          "Seed %d, %d ms and %d ms; %s",
          SEED, (made - began) / 1_000_000, (System.nanoTime() - made) / 1_000_000, tally);
    }
    List<String> failures = tally.failures();
    Files.writeString(FAILURES, String.join("\n----\n", failures));
    assertEquals(
        List.of(),
        failures.subList(0, Math.min(SHOWN, failures.size())),
        () -> failures.size() + " of " + tally.cases() + ", seed " + SEED);
    if (ONLY < 0) {
      assertEverythingWasTried();
    }
  }

  private void run(Ringlet ringlet, Judge judge, List<Case> cases) throws Exception {
    Queue<Case> queue = new ConcurrentLinkedQueue<>(cases);
    ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        running.add(
            clients.submit(
                () -> {
                  try (Client client = new Client(ringlet.uri())) {
                    for (Case one = queue.poll(); one != null; one = queue.poll()) {
                      run(client, judge, one);
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } finally {
      clients.shutdownNow();
    }
  }

  private void run(Client client, Judge judge, Case given) throws IOException {
    Case one = given;
    String tag = "";
    String after = "";
    if (one.ask().hasTag()) {
      tag = client.tag(one);
    } else if (one.ask().is(Form.PAGE)) {
      after = client.token(one);
      one = after.isEmpty() ? one : one.ofToken();
    }
    String request = new Wire(one.ask()).request(one.subject().credentials(), tag, after);
    RawHttp.Answer answer = client.send(request);
    tally.add(one.ask().form(), answer.status());
    String wrong;
    try {
      wrong = judge.wrong(one, request, answer);
    } catch (AssertionError | RuntimeException e) {
      wrong = e + " " + List.of(e.getStackTrace()).subList(0, 6);
    }
    if (!wrong.isEmpty()) {
      tally.fail(
          "%nseed %d, case %d, %s of %s with %s:%n%s%n-> %d %s%s%n%s%n"
              .formatted(
                  SEED,
                  one.number(),
                  one.ask(),
                  one.subject().roles(),
                  one.subject().claims(),
                  request,
                  answer.status(),
                  answer.head(),
                  answer.body(),
                  wrong));
    }
  }

  /** Otherwise the generator is worth nothing. */
  private void assertEverythingWasTried() {
    assertTrue(tally.cases() >= 5000, tally.toString());
    assertEquals(
        List.of(),
        Arrays.stream(Form.values()).filter(f -> tally.cases(f) < LEAST_OF_A_FORM).toList());
    assertTrue(tally.statuses().containsAll(STATUSES), tally.toString());
  }
}
