package dev.ringlet.cql;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.cql.StatementBuilder;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.config.Shutdown;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.Deadline;
import dev.ringlet.header.WriteOptions;
import dev.ringlet.plan.BatchPlan;
import dev.ringlet.plan.ReadPlan;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.row.Value;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The stage that does I/O: prepares, binds and sends what was planned. Every setting of a statement
 * is made here.
 */
@Singleton
public final class Executor {
  /** Of application.conf: what is sent to another node only when one has failed. */
  private static final String ONE_NODE_AT_A_TIME = "one-node-at-a-time";

  private final Connection connection;
  private final Shutdown shutdown;
  private final WriteClock clock;
  private final PageFetcher fetcher;
  private final StreamMemory memory;
  private final ConsistencyLevel consistency;
  private final ConsistencyLevel serialConsistency;

  Executor(Connection connection, WriteClock clock, Shutdown shutdown, RingletConfig config) {
    this.clock = clock;
    this.connection = connection;
    this.shutdown = shutdown;
    this.fetcher = new PageFetcher(this::select, config.pageSize().maxBytes().asLongValue());
    this.memory =
        new StreamMemory(
            config.stream().maxBytes().asLongValue(), config.stream().pageBytes().asLongValue());
    this.consistency = DefaultConsistencyLevel.valueOf(config.consistency().standard());
    this.serialConsistency = DefaultConsistencyLevel.valueOf(config.consistency().serial());
  }

  /**
   * Reads one page. Fails with an {@code ApiException}.
   *
   * @param kept takes how many bytes of memory have been taken, as soon as they are, and may fail
   */
  public Uni<Page> read(ReadPlan plan, LongConsumer kept) {
    return fetcher.page(plan, kept).onFailure().transform(Failures::ofRead);
  }

  /**
   * Reads page after page; it has begun when the first page is there. Fails with an {@code
   * ApiException}, with {@link ErrorCode#OVERLOADED} if other streams leave no memory for it.
   *
   * @param atEnd takes what is to be done when nothing of it is in memory any more
   */
  public Uni<Pages> stream(ReadPlan plan, Consumer<Runnable> atEnd) {
    return Uni.createFrom()
        .deferred(() -> begin(plan, memory.share(atEnd)))
        .onFailure()
        .transform(Failures::ofRead);
  }

  /** What did not begin may be planned again, and then has another share. */
  private Uni<Pages> begin(ReadPlan plan, StreamMemory.Share share) {
    return Pages.begin(plan, fetcher, share, shutdown).onFailure().invoke(share::end);
  }

  /** The consistency level that a read is made with. */
  public ConsistencyLevel consistencyOf(ReadPlan plan) {
    return level(
        plan.options().consistency(),
        plan.rule().nearest() ? DefaultConsistencyLevel.LOCAL_ONE : consistency);
  }

  /** The consistency level that a write is made with. */
  public ConsistencyLevel consistencyOf(WritePlan plan) {
    return level(plan.options().consistency(), consistency);
  }

  /** The serial consistency level of a write on a condition. */
  public ConsistencyLevel serialConsistencyOf(WritePlan plan) {
    return level(plan.options().serialConsistency(), serialConsistency);
  }

  /**
   * Microseconds, later than all before: for a write that begins now, however often it is planned.
   * So of two rows of a request with the same key the last one stays, if the client does not set
   * the timestamp.
   *
   * @throws ApiException {@link ErrorCode#CLOCK_WRONG}
   */
  public long timestamp() {
    return clock.checked(connection.live().timestamp());
  }

  /**
   * Writes, and says whether the write's condition held, as it does where there is none. Fails with
   * an {@code ApiException} that tells a write that was not done from one of unknown outcome.
   *
   * @param timestamp if the client sets none. One for all attempts: if it is sent again, it must
   *     not win over what was written since
   */
  public Uni<Boolean> write(WritePlan plan, long timestamp) {
    return connection
        .live()
        .execute(
            plan,
            notOver(plan.options().deadline()),
            prepared ->
                settled(bind(prepared, plan.values()), plan)
                    .setQueryTimestamp(timestamp(plan.options(), timestamp))
                    .build())
        .map(result -> !plan.conditional() || result.wasApplied())
        .onFailure(failure -> plan.conditional() && Failures.isOfRowsInTheWay(failure))
        .recoverWithItem(false)
        .onFailure()
        .transform(plan.conditional() ? Failures::ofLwt : Failures::ofWrite);
  }

  /**
   * Does all writes of a batch or none, and says whether their conditions held, as they do where
   * there are none. Fails as {@link #write} does.
   *
   * @param timestamp as of a {@link #write}
   */
  public Uni<Boolean> writeAll(BatchPlan batch, long timestamp) {
    OpenSession live = connection.live();
    WritePlan first = batch.steps().get(0).plan();
    return live.executeAll(
            batch.plans(),
            notOver(first.options().deadline()),
            prepared ->
                settled(bind(batch, prepared), first)
                    .setIdempotence(batch.idempotent())
                    .setQueryTimestamp(timestamp(batch.options(), timestamp))
                    .setExecutionProfile(live.within(left(first.options().deadline())))
                    .build())
        .map(result -> !batch.conditional() || result.wasApplied())
        .onFailure(failure -> batch.conditional() && Failures.isOfRowsInTheWay(failure))
        .recoverWithItem(false)
        .onFailure()
        .transform(failure -> meaning(failure, batch));
  }

  private static Throwable meaning(Throwable failure, BatchPlan batch) {
    if (batch.conditional()) {
      return Failures.ofLwt(failure);
    }
    return switch (batch.kind()) {
      case LOGGED -> Failures.ofBatch(failure);
      case UNLOGGED -> Failures.ofWrite(failure);
      case COUNTER ->
          batch.isOfOnePartition() ? Failures.ofWrite(failure) : Failures.ofCounters(failure);
    };
  }

  private static BatchStatementBuilder bind(
      BatchPlan batch, Map<PreparedStatements.Key, PreparedStatement> prepared) {
    BatchStatementBuilder statement =
        BatchStatement.builder(DefaultBatchType.valueOf(batch.kind().name()));
    batch
        .plans()
        .forEach(
            plan ->
                statement.addStatement(
                    bind(prepared.get(PreparedStatements.Key.of(plan)), plan.values()).build()));
    return statement;
  }

  private <B extends StatementBuilder<B, ?>> B settled(B statement, WritePlan plan) {
    return statement
        .setIdempotence(plan.idempotent())
        .setConsistencyLevel(consistencyOf(plan))
        .setSerialConsistencyLevel(serialConsistencyOf(plan))
        .setTimeout(left(plan.options().deadline()));
  }

  private Uni<AsyncResultSet> select(ReadPlan plan) {
    return connection
        .live()
        .execute(
            plan,
            notOver(plan.options().deadline()),
            prepared ->
                settled(bind(prepared, plan.values()), plan)
                    // so many that it counts as not paged, which it cannot be
                    .setPageSize(plan.paging().fetched())
                    .setPagingState(plan.paging().place().orElse(null))
                    .build());
  }

  private BoundStatementBuilder settled(BoundStatementBuilder statement, ReadPlan plan) {
    ConsistencyLevel level = consistencyOf(plan);
    BoundStatementBuilder settled =
        statement
            .setIdempotence(true)
            .setConsistencyLevel(level)
            .setTimeout(left(plan.options().deadline()));
    return plan.rule().byKey() && !level.isSerial()
        ? settled
        : settled.setExecutionProfileName(ONE_NODE_AT_A_TIME);
  }

  private static long timestamp(WriteOptions options, long timestamp) {
    return options.condition().isPresent()
        ? Statement.NO_DEFAULT_TIMESTAMP
        : options.timestamp().orElse(timestamp);
  }

  /**
   * @throws ApiException {@link ErrorCode#OVERLOADED} if nothing is left: the statement is not sent
   */
  private static Duration left(Deadline deadline) {
    Duration left = deadline.left(System.nanoTime());
    if (left.isNegative() || left.isZero()) {
      throw new ApiException(
          ErrorCode.OVERLOADED, "The time was over before Cassandra was asked; nothing was done.");
    }
    return left;
  }

  /**
   * @throws ApiException as {@link #left}: nothing is prepared either
   */
  private static Deadline notOver(Deadline deadline) {
    Duration unused = left(deadline);
    return deadline;
  }

  private static ConsistencyLevel level(Optional<String> name, ConsistencyLevel standard) {
    return name.<ConsistencyLevel>map(DefaultConsistencyLevel::valueOf).orElse(standard);
  }

  private static BoundStatementBuilder bind(PreparedStatement prepared, List<Value> values) {
    BoundStatementBuilder statement = prepared.boundStatementBuilder();
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).isSet()) {
        statement = statement.setBytesUnsafe(i, values.get(i).bytes());
      }
    }
    return statement;
  }
}
