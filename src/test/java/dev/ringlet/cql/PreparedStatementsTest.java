package dev.ringlet.cql;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.internal.core.session.DefaultSession;
import com.datastax.oss.simulacron.common.cluster.ClusterSpec;
import com.datastax.oss.simulacron.common.stubbing.PrimeDsl;
import com.datastax.oss.simulacron.server.BoundCluster;
import com.datastax.oss.simulacron.server.Server;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.TestOptions;
import dev.ringlet.local.FakeServer;
import dev.ringlet.plan.Plan;
import dev.ringlet.plan.Projection;
import dev.ringlet.plan.ReadPlan;
import dev.ringlet.row.Fragment;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that counts what it is asked to prepare. */
class PreparedStatementsTest {
  private static final Table TABLE = Tables.table("t").partitionKey("k", DataTypes.INT).build();

  /** What no bytes are sent for. */
  private static final String CHECK = " /* never executed */";

  private static final PreparedStatements.Limits LIMITS =
      new PreparedStatements.Limits(10, 1_000_000);

  private Server server;
  private BoundCluster cluster;
  private CqlSession session;

  @BeforeEach
  void start() {
    server = FakeServer.start();
    cluster = server.register(ClusterSpec.builder().withNodes(2).build());
    session =
        CqlSession.builder()
            .addContactPoint((InetSocketAddress) cluster.node(0).getAddress())
            .withLocalDatacenter("dc1")
            .withConfigLoader(
                DriverConfigLoader.programmaticBuilder()
                    .withString(DefaultDriverOption.PROTOCOL_VERSION, "V4")
                    .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                    .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                    .build())
            .build();
  }

  @AfterEach
  void stop() {
    session.close();
    server.close();
  }

  @Test
  void executesNoTextThatIsPreparedForAnotherShapeOfTheTable() {
    List<String> texts = new CopyOnWriteArrayList<>();
    PreparedStatements statements = recording(texts);
    Table other = Tables.table("t").partitionKey("k", DataTypes.UUID).build();
    String cql = "SELECT v FROM t";
    List<String> executed =
        Stream.of(TABLE, other)
            .map(table -> statements.get(plan(cql, table)).toCompletableFuture().join().getQuery())
            .toList();
    assertEquals(List.of(cql + CHECK, executed.get(0), cql + CHECK, executed.get(1)), texts);
    assertNotEquals(executed.get(0), executed.get(1));
  }

  @Test
  void preparesATextOnceForConcurrentFirstRequests() {
    List<String> texts = new CopyOnWriteArrayList<>();
    CompletableFuture<PreparedStatement> preparing = new CompletableFuture<>();
    PreparedStatements statements =
        new PreparedStatements(
            LIMITS,
            (plan, text) -> {
              texts.add(text);
              return ofNode(preparing);
            });
    List<CompletableFuture<PreparedStatement>> requests =
        IntStream.range(0, 200)
            .parallel()
            .mapToObj(i -> statements.get(plan("SELECT v FROM t")).toCompletableFuture())
            .toList();
    PreparedStatement prepared = session.prepare("SELECT v FROM t");
    preparing.complete(prepared);
    requests.forEach(request -> assertSame(prepared, request.join()));
    assertEquals(2, texts.size());
    assertEquals(2, Set.copyOf(texts).size());
  }

  @Test
  void aRequestThatIsCancelledTakesNoOtherWithIt() {
    CompletableFuture<PreparedStatement> preparing = new CompletableFuture<>();
    PreparedStatements statements =
        new PreparedStatements(LIMITS, (plan, text) -> ofNode(preparing));
    CompletableFuture<PreparedStatement> one =
        statements.get(plan("SELECT v FROM t")).toCompletableFuture();
    CompletableFuture<PreparedStatement> other =
        statements.get(plan("SELECT v FROM t")).toCompletableFuture();
    assertTrue(one.cancel(true));
    assertFalse(preparing.isDone());
    preparing.complete(session.prepare("SELECT v FROM t"));
    assertEquals("SELECT v FROM t", other.join().getQuery());
  }

  @Test
  void forgetsAFailedAttempt() {
    cluster.prime(
        PrimeDsl.when("SELECT w FROM t" + CHECK)
            .then(PrimeDsl.invalid("no such column"))
            .applyToPrepare());
    List<String> texts = new CopyOnWriteArrayList<>();
    PreparedStatements statements = recording(texts);
    for (int i = 1; i <= 2; i++) {
      CompletableFuture<PreparedStatement> attempt =
          statements.get(plan("SELECT w FROM t")).toCompletableFuture();
      CompletionException e = assertThrows(CompletionException.class, attempt::join);
      assertEquals(InvalidQueryException.class, e.getCause().getClass());
      assertEquals(Collections.nCopies(i, "SELECT w FROM t" + CHECK), texts);
      await().until(() -> statements.size() == 0);
    }
  }

  @Test
  void keepsNoMoreThanTheLimit() {
    PreparedStatements statements = statements(3);
    for (int i = 0; i < 20; i++) {
      PreparedStatement unused =
          statements.get(plan("SELECT v FROM t" + i)).toCompletableFuture().join();
    }
    await().until(() -> statements.size() <= 3);
  }

  @Test
  void whatANodeHasForgottenIsPreparedOnceMore() {
    List<String> texts = new CopyOnWriteArrayList<>();
    PreparedStatements statements = recording(texts);
    Plan plan = plan("SELECT v FROM t");
    PreparedStatement forgotten = statements.get(plan).toCompletableFuture().join();
    List<CompletableFuture<PreparedStatement>> others =
        IntStream.range(0, 20)
            .mapToObj(i -> statements.insteadOf(forgotten, plan).toCompletableFuture())
            .toList();
    others.forEach(CompletableFuture::join);
    assertEquals(2 * 2, texts.size(), "each time the check, and what is executed");
  }

  @Test
  void keepsNoMoreBytesThanTheLimit() {
    PreparedStatements statements = statements(1000, 100_000);
    for (int i = 0; i < 20; i++) {
      join(statements, select(i, 1000));
    }
    await().until(() -> statements.bytes() <= 100_000);
    assertTrue(statements.size() >= 3, "those that fit are kept");
    join(statements, select(0, 25_000));
    await().until(() -> statements.bytes() <= 100_000);
  }

  @Test
  void preparesNoMoreBytesAtATimeThanTheLimit() {
    Map<String, CompletableFuture<PreparedStatement>> answers = new ConcurrentHashMap<>();
    PreparedStatements statements =
        statements((plan, text) -> ofNode(answers.computeIfAbsent(text, unanswered -> hangs())));
    for (int i = 0; i < 3; i++) {
      assertFalse(get(statements, select(i, 350)).isDone());
    }
    Plan other = plan(select(3, 350)); // two texts of each
    assertRefused(statements, other);
    assertFalse(answers.containsKey(other.cql() + CHECK));
    CompletableFuture<PreparedStatement> small = get(statements, "SELECT v FROM t");
    answers.get(select(0, 350) + CHECK).completeExceptionally(new TimeoutException("too late"));
    CompletableFuture<PreparedStatement> another = get(statements, other.cql());
    assertFalse(small.isDone() || another.isDone());
    assertRefused(statements, plan(select(4, 350)));
  }

  @Test
  void whatIsPreparedTakesRoomUntilEachNodeHasAnsweredOrIsTooLate() {
    List<CompletableFuture<PreparedStatement>> hanging = new CopyOnWriteArrayList<>();
    PreparedStatements statements =
        statements(
            (plan, text) -> {
              CompletableFuture<PreparedStatement> unanswered = hangs();
              hanging.add(unanswered);
              Node one = nodes().get(0);
              return Map.of(one, prepared(one, text), nodes().get(1), unanswered);
            });
    join(statements, select(0, 1000));
    assertRefused(statements, plan(select(1, 1000)));
    join(statements, select(0, 1000)); // is kept
    join(statements, "SELECT v FROM t"); // is small
    hanging.forEach(answer -> answer.completeExceptionally(new TimeoutException("too late")));
    join(statements, select(1, 1000));
  }

  private static PreparedStatements statements(PreparedStatements.Nodes nodes) {
    return new PreparedStatements(new PreparedStatements.Limits(1000, 1_000_000), nodes);
  }

  private static CompletableFuture<PreparedStatement> hangs() {
    return new CompletableFuture<>();
  }

  private static void assertRefused(PreparedStatements statements, Plan plan) {
    ApiException e =
        assertThrows(ApiException.class, () -> statements.get(plan).toCompletableFuture().isDone());
    assertEquals(ErrorCode.OVERLOADED, e.code());
    assertEquals("ringlet.statements.max-bytes", e.members().get("limit"));
  }

  /**
   * @param texts that the nodes are given
   */
  private PreparedStatements recording(List<String> texts) {
    return new PreparedStatements(
        LIMITS,
        (plan, text) -> {
          texts.add(text);
          return prepared(text);
        });
  }

  private PreparedStatements statements(int max) {
    return statements(max, 1_000_000);
  }

  private PreparedStatements statements(int max, long maxBytes) {
    return new PreparedStatements(
        new PreparedStatements.Limits(max, maxBytes), (plan, text) -> prepared(text));
  }

  private Map<Node, CompletableFuture<PreparedStatement>> prepared(String text) {
    Node node = nodes().get(0);
    return Map.of(node, prepared(node, text));
  }

  private CompletableFuture<PreparedStatement> prepared(Node node, String text) {
    return NodePreparation.of((DefaultSession) session, node, text, text);
  }

  private Map<Node, CompletableFuture<PreparedStatement>> ofNode(
      CompletableFuture<PreparedStatement> answer) {
    return Map.of(nodes().get(0), answer);
  }

  private List<Node> nodes() {
    return List.copyOf(session.getMetadata().getNodes().values());
  }

  private static CompletableFuture<PreparedStatement> get(
      PreparedStatements statements, String cql) {
    return statements.get(plan(cql)).toCompletableFuture();
  }

  private static void join(PreparedStatements statements, String cql) {
    String executed = get(statements, cql).join().getQuery();
    assertTrue(executed.startsWith(cql + " /* "), executed);
  }

  private static String select(int table, int columns) {
    return "SELECT column" + ", column".repeat(columns) + " FROM t" + table;
  }

  private static Plan plan(String cql) {
    return plan(cql, TABLE);
  }

  private static Plan plan(String cql, Table table) {
    return new ReadPlan(
        Fragment.of(cql),
        Projection.all("v"),
        new ReadPlan.Paging(1, Optional.empty(), ReadPlan.Pages.ROWS, table),
        new ReadPlan.Rule("row", true, false),
        TestOptions.read());
  }
}
