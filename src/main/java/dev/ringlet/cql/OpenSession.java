package dev.ringlet.cql;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.loadbalancing.NodeDistance;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.session.Session;
import com.datastax.oss.driver.internal.core.session.DefaultSession;
import com.datastax.oss.driver.internal.core.session.SessionWrapper;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.Deadline;
import dev.ringlet.plan.Plan;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.session.SchemaRefresh;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** An open session and what was prepared with it, which is of no use to another one. */
record OpenSession(CqlSession session, PreparedStatements statements, SchemaRefresh refresh) {
  /** How often a statement is sent to nodes that do not know it; they may have room for few. */
  private static final int UNKNOWN_TO_NODES = 32;

  /**
   * What is sent of a plan.
   *
   * @param deadline of the request; the driver's own limits for preparing, and for reading the
   *     schema again, are longer
   */
  private record Sending(
      Plan plan, Deadline deadline, Function<PreparedStatement, Statement<?>> statement) {
    boolean isIdempotentWrite() {
      return plan instanceof WritePlan write && write.idempotent();
    }
  }

  /** The same of several plans. */
  private record SendingAll(
      Map<PreparedStatements.Key, Plan> plans,
      boolean isIdempotentWrite,
      Deadline deadline,
      Function<Map<PreparedStatements.Key, PreparedStatement>, Statement<?>> statement) {}

  static OpenSession of(CqlSession session, PreparedStatements.Limits limits) {
    PreparedStatements.Nodes nodes = (plan, text) -> answers(session, plan.cql(), text);
    return new OpenSession(
        session,
        new PreparedStatements(limits, nodes),
        new SchemaRefresh(session::refreshSchemaAsync));
  }

  private static Map<Node, CompletableFuture<PreparedStatement>> answers(
      CqlSession session, String cql, String text) {
    DefaultSession driver = driver(session);
    Duration timeout = timeout(session);
    return session.getMetadata().getNodes().values().stream()
        .filter(OpenSession::isUsable)
        .collect(
            Collectors.toMap(
                Function.identity(),
                node ->
                    NodePreparation.of(driver, node, cql, text)
                        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)));
  }

  /** How long a node has to prepare a statement. */
  private static Duration timeout(CqlSession session) {
    return session
        .getContext()
        .getConfig()
        .getDefaultProfile()
        .getDuration(DefaultDriverOption.REQUEST_TIMEOUT);
  }

  /** The driver's own session, beneath what wraps it. */
  private static DefaultSession driver(Session session) {
    return session instanceof SessionWrapper wrapper
        ? driver(wrapper.getDelegate())
        : (DefaultSession) session;
  }

  /**
   * Sends what is made of a prepared statement, which nearly always there is already. If the schema
   * is not what was planned for, nothing is done, and the driver has read it again when this fails.
   */
  Uni<AsyncResultSet> execute(
      Plan plan, Deadline deadline, Function<PreparedStatement, Statement<?>> statement) {
    Sending sending = new Sending(plan, deadline, statement);
    Optional<PreparedStatement> known = statements.known(plan);
    Uni<AsyncResultSet> result =
        known.isPresent()
            ? send(sending, known.get(), UNKNOWN_TO_NODES)
            : prepare(deadline, () -> statements.get(plan))
                .chain(prepared -> send(sending, prepared, UNKNOWN_TO_NODES));
    return result.onFailure(Failures::isOfSchema).call(() -> refreshed(deadline));
  }

  private Uni<AsyncResultSet> send(Sending sending, PreparedStatement prepared, int attempts) {
    return Uni.createFrom()
        .deferred(() -> send(sending.statement().apply(prepared)))
        .onFailure(NotPreparedException.class)
        .recoverWithUni(
            () -> again(sending.isIdempotentWrite(), sendAgain(sending, prepared, attempts - 1)));
  }

  /**
   * A node that does not know a statement has done nothing. But the driver may have sent it to
   * others before, if it may be done twice, and does not say so then.
   */
  private static Uni<AsyncResultSet> again(boolean isIdempotentWrite, Uni<AsyncResultSet> again) {
    return isIdempotentWrite ? again.onFailure().transform(Failures::ofWriteElsewhere) : again;
  }

  private Uni<AsyncResultSet> sendAgain(Sending sending, PreparedStatement unknown, int attempts) {
    return attempts == 0
        ? Uni.createFrom().failure(OpenSession::forgotten)
        : prepare(sending.deadline(), () -> statements.insteadOf(unknown, sending.plan()))
            .chain(prepared -> send(sending, prepared, attempts));
  }

  private static ApiException forgotten() {
    return new ApiException(
        ErrorCode.UNAVAILABLE,
        "Cassandra forgets statements sooner than they can be executed; nothing was done.");
  }

  /**
   * The same for what is made of several prepared statements.
   *
   * @param statement of those, by what they are prepared for
   */
  Uni<AsyncResultSet> executeAll(
      List<WritePlan> plans,
      Deadline deadline,
      Function<Map<PreparedStatements.Key, PreparedStatement>, Statement<?>> statement) {
    Map<PreparedStatements.Key, Plan> distinct = new LinkedHashMap<>();
    plans.forEach(plan -> distinct.putIfAbsent(PreparedStatements.Key.of(plan), plan));
    SendingAll sending =
        new SendingAll(
            distinct, plans.stream().allMatch(WritePlan::idempotent), deadline, statement);
    return prepare(distinct, deadline, statements::get)
        .chain(prepared -> sendAll(sending, prepared, UNKNOWN_TO_NODES))
        .onFailure(Failures::isOfSchema)
        .call(() -> refreshed(deadline));
  }

  private Uni<AsyncResultSet> sendAll(
      SendingAll sending, Map<PreparedStatements.Key, PreparedStatement> prepared, int attempts) {
    return Uni.createFrom()
        .deferred(() -> send(sending.statement().apply(prepared)))
        .onFailure(NotPreparedException.class)
        .recoverWithUni(
            () ->
                again(sending.isIdempotentWrite(), sendAllAgain(sending, prepared, attempts - 1)));
  }

  /** Nobody knows which of them it was. */
  private Uni<AsyncResultSet> sendAllAgain(
      SendingAll sending, Map<PreparedStatements.Key, PreparedStatement> unknown, int attempts) {
    return attempts == 0
        ? Uni.createFrom().failure(OpenSession::forgotten)
        : prepare(
                sending.plans(),
                sending.deadline(),
                plan -> statements.insteadOf(unknown.get(PreparedStatements.Key.of(plan)), plan))
            .chain(prepared -> sendAll(sending, prepared, attempts));
  }

  private Uni<Map<PreparedStatements.Key, PreparedStatement>> prepare(
      Map<PreparedStatements.Key, Plan> plans,
      Deadline deadline,
      Function<Plan, CompletionStage<PreparedStatement>> statement) {
    Map<PreparedStatements.Key, PreparedStatement> prepared = new ConcurrentHashMap<>();
    List<Uni<PreparedStatement>> all = new ArrayList<>();
    plans.forEach(
        (key, plan) ->
            all.add(
                prepare(deadline, () -> statement.apply(plan))
                    .invoke(one -> prepared.put(key, one))));
    return Uni.join().all(all).andFailFast().replaceWith(prepared);
  }

  private Uni<AsyncResultSet> send(Statement<?> statement) {
    return Uni.createFrom()
        .completionStage(session.executeAsync(statement))
        .onFailure()
        .transform(Failures::ofDriver);
  }

  private Uni<PreparedStatement> prepare(
      Deadline deadline, Supplier<CompletionStage<PreparedStatement>> statement) {
    return Uni.createFrom()
        .completionStage(statement)
        .ifNoItem()
        .after(deadline.toWait(System.nanoTime()))
        .failWith(() -> new DriverTimeoutException("The time of the request is over."))
        .onFailure()
        .transform(failure -> Failures.ofPrepare(Failures.ofDriver(failure)));
  }

  private Uni<Void> refreshed(Deadline deadline) {
    return refresh
        .next()
        .replaceWithVoid()
        .ifNoItem()
        .after(deadline.toWait(System.nanoTime()))
        .fail()
        .onFailure()
        .recoverWithNull();
  }

  /** For a batch: the driver's does not heed the timeout that it is given. */
  DriverExecutionProfile within(Duration left) {
    return session
        .getContext()
        .getConfig()
        .getDefaultProfile()
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, left);
  }

  /** Microseconds, later than all before. */
  long timestamp() {
    return session.getContext().getTimestampGenerator().next();
  }

  /** Whether a query would find a node to go to. It asks the driver, not the cluster. */
  boolean usable() {
    return !session.isClosed()
        && session.getMetadata().getNodes().values().stream().anyMatch(OpenSession::isUsable);
  }

  private static boolean isUsable(Node node) {
    return node.getDistance() == NodeDistance.LOCAL && node.getOpenConnections() > 0;
  }
}
