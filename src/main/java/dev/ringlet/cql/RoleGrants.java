package dev.ringlet.cql;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.Metadata;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.ViewMetadata;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ringlet.access.GrantPermissions;
import dev.ringlet.access.Grants;
import dev.ringlet.access.Masks;
import dev.ringlet.access.Permissions;
import dev.ringlet.access.TableName;
import dev.ringlet.access.Views;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.Deadline;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What Cassandra grants to roles: remembered, so that few requests wait for it, but never for
 * longer than it may be old. Ringlet's own role needs DESCRIBE ON ALL ROLES for it.
 */
@Singleton
public final class RoleGrants {
  private static final Logger LOG = Logger.getLogger(RoleGrants.class);

  /** How many are remembered; their names come with tokens. */
  private static final int MOST_ROLES = 1000;

  /** How many roles of one request are asked about at the same time. */
  private static final int AT_ONCE = 8;

  /**
   * Of the tables that there are: masks are asked for anew when the driver has another view of the
   * cluster, so that none shows of a new table what is masked there.
   */
  private record Seen(Metadata metadata, Views views, Refreshed<Masks> masks) {}

  private final Supplier<CqlSession> session;
  private final Duration good;
  private final GrantsReader reader;
  private final Cache<String, Refreshed<Grants>> roles;
  private volatile Seen seen;
  private volatile boolean refused;

  @Inject
  RoleGrants(Connection connection, RingletConfig config) {
    this(connection::session, config.auth().grants().refresh());
  }

  /**
   * @param refresh how old what is known of a role may be
   */
  RoleGrants(Supplier<CqlSession> session, Duration refresh) {
    this.session = session;
    this.good = refresh;
    this.reader = new GrantsReader(session);
    this.roles = Caffeine.newBuilder().maximumSize(MOST_ROLES).executor(Runnable::run).build();
  }

  /**
   * What they may who act in some roles, those that Cassandra does not know among them: at once
   * where all is known. They are good for as long as a request is under way; where the schema has
   * changed meanwhile, they fail with {@link ErrorCode#SCHEMA_CHANGING} until its masks are known,
   * whose reading is the remedy. The Uni fails with an {@link ApiException}: {@link
   * ErrorCode#NOT_CONNECTED} if Cassandra does not tell in time, {@link ErrorCode#FORBIDDEN} if it
   * does not tell Ringlet.
   *
   * @param deadline of the request, where it has to wait
   */
  public Uni<Permissions> of(List<String> names, Supplier<Deadline> deadline) {
    Seen tables = seen(session.get().getMetadata());
    long now = System.nanoTime();
    List<Grants> known = new ArrayList<>(names.size());
    for (String name : names) {
      role(name).known(now).ifPresent(known::add);
    }
    Optional<Masks> masks = tables.masks().known(now);
    return known.size() == names.size() && masks.isPresent()
        ? Uni.createFrom().item(permissions(known, tables, masks.get()))
        : asked(names, tables, deadline.get());
  }

  private Uni<Permissions> asked(List<String> names, Seen tables, Deadline deadline) {
    Uni<List<Grants>> all =
        Multi.createFrom()
            .iterable(names)
            .onItem()
            .transformToUni(name -> value(role(name)))
            .merge(AT_ONCE)
            .collect()
            .asList();
    return Uni.combine()
        .all()
        .unis(all, value(tables.masks()))
        .with((grants, masks) -> permissions(grants, tables, masks))
        .ifNoItem()
        .after(deadline.toWait(System.nanoTime()))
        .failWith(TimeoutException::new)
        .onItem()
        .invoke(() -> refused = false)
        .onFailure()
        .transform(this::failure);
  }

  private Refreshed<Grants> role(String name) {
    return roles.get(name, role -> new Refreshed<>(good, () -> reader.grants(role)));
  }

  private static <V> Uni<V> value(Refreshed<V> refreshed) {
    return Uni.createFrom()
        .deferred(
            () -> {
              long now = System.nanoTime();
              return refreshed
                  .known(now)
                  .map(known -> Uni.createFrom().item(known))
                  .orElseGet(() -> Uni.createFrom().completionStage(refreshed.read(now)));
            });
  }

  private Seen seen(Metadata metadata) {
    Seen last = seen;
    return last != null && last.metadata() == metadata ? last : look(metadata);
  }

  private synchronized Seen look(Metadata metadata) {
    if (seen == null || seen.metadata() != metadata) {
      seen = new Seen(metadata, views(metadata), new Refreshed<>(good, reader::masks));
    }
    return seen;
  }

  private static Views views(Metadata metadata) {
    Map<TableName, TableName> bases = new HashMap<>();
    for (KeyspaceMetadata keyspace : metadata.getKeyspaces().values()) {
      for (ViewMetadata view : keyspace.getViews().values()) {
        bases.put(name(keyspace, view.getName()), name(keyspace, view.getBaseTable()));
      }
    }
    return new Views(bases);
  }

  private static TableName name(KeyspaceMetadata keyspace, CqlIdentifier table) {
    return new TableName(keyspace.getName().asInternal(), table.asInternal());
  }

  /**
   * While a request is under way, which may be for long: of other tables than it began with other
   * columns may be masked.
   */
  private Permissions permissions(List<Grants> grants, Seen began, Masks masks) {
    GrantPermissions.Tables then = new GrantPermissions.Tables(began.views(), masks);
    return new GrantPermissions(
        grants,
        () -> {
          Metadata metadata = session.get().getMetadata();
          return metadata == began.metadata() ? then : now(seen(metadata));
        });
  }

  private static GrantPermissions.Tables now(Seen seen) {
    long now = System.nanoTime();
    return seen.masks()
        .known(now)
        .map(masks -> new GrantPermissions.Tables(seen.views(), masks))
        .orElseThrow(() -> unread().remedied(seen.masks().read(now)));
  }

  private static ApiException unread() {
    return new ApiException(
        ErrorCode.SCHEMA_CHANGING,
        "The schema or the nodes have just changed, and it is not known yet what is masked;"
            + " nothing was done.");
  }

  private ApiException failure(Throwable failure) {
    Throwable cause = GrantsReader.cause(failure);
    if (cause instanceof UnauthorizedException || cause instanceof InvalidQueryException) {
      warn(cause.getMessage());
      return new ApiException(
          ErrorCode.FORBIDDEN, "Cassandra does not tell this service what the caller's roles may.");
    }
    boolean late = cause instanceof TimeoutException;
    Throwable meaning = late ? cause : Failures.ofRead(Failures.ofDriver(cause));
    String detail = late ? FailureRule.NO_ANSWER : meaning.getMessage();
    return new ApiException(
        ErrorCode.NOT_CONNECTED,
        "Cassandra could not be asked what the caller's roles may. " + detail);
  }

  /** Once, until it is otherwise. */
  private void warn(String message) {
    if (!refused) {
      refused = true;
      LOG.warnf(
          "Cassandra does not tell what roles may, so nobody may anything: it needs an authorizer"
              + " (CassandraAuthorizer), and Ringlet's role GRANT DESCRIBE ON ALL ROLES (%s)",
          message);
    }
  }
}
