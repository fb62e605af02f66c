package dev.ringlet.cql;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import dev.ringlet.access.Grants;
import dev.ringlet.access.Masks;
import dev.ringlet.access.TableName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Asks Cassandra what roles may: each time anew, since its own caches do not answer LIST. */
record GrantsReader(Supplier<CqlSession> session) {
  private static final String DATACENTERS = "datacenters";

  /** Of this and of its level are the driver's own questions, so no guardrail refuses it. */
  private static final int PAGE_SIZE = 200;

  /** Of a role that may log in to every datacenter, or to none, having no LOGIN. */
  private static final Set<String> NO_DATACENTERS = Set.of("ALL", "n/a");

  /**
   * What a role may, as it would at a node of the datacenter that is asked; nothing if there is no
   * such role.
   *
   * @param role any text: an issuer's, not Cassandra's
   */
  CompletionStage<Grants> grants(String role) {
    if (role.isEmpty() || !StandardCharsets.UTF_8.newEncoder().canEncode(role)) {
      return CompletableFuture.completedStage(Grants.NONE); // no name, or another one's on the wire
    }
    return rows("LIST ROLES OF " + literal(role))
        .thenCompose(listed -> grants(role, listed))
        .exceptionally(with(GrantsReader::isUnknownRole, Grants.NONE));
  }

  /** CQL takes no bind marker for a role. As a string its name keeps its case. */
  private static String literal(String role) {
    return "'" + role.replace("'", "''") + "'";
  }

  /**
   * @param roles it and those that it inherits from; superusers among them make it one
   */
  private CompletionStage<Grants> grants(String role, Answer roles) {
    if (roles.rows().stream().anyMatch(row -> isOf(role, row) && !isOfHere(row, roles))) {
      return CompletableFuture.completedStage(Grants.NONE);
    }
    if (roles.rows().stream().anyMatch(row -> row.getBoolean("super"))) {
      return CompletableFuture.completedStage(Grants.SUPERUSER);
    }
    return rows("LIST ALL PERMISSIONS OF " + literal(role))
        .thenApply(listed -> Grants.of(listed.rows().stream().map(GrantsReader::listed).toList()));
  }

  private static boolean isOf(String role, Row row) {
    return role.equals(row.getString("role"));
  }

  /** It is not inherited to which datacenters a role has access, and a superuser has it to all. */
  private static boolean isOfHere(Row row, Answer roles) {
    if (!row.getColumnDefinitions().contains(DATACENTERS)) {
      return true;
    }
    String datacenters = row.getString(DATACENTERS);
    return NO_DATACENTERS.contains(datacenters)
        || Set.of(datacenters.split(", ", -1)).contains(roles.datacenter());
  }

  private static Grants.Listed listed(Row row) {
    return new Grants.Listed(row.getString("resource"), row.getString("permission"));
  }

  /** A role may be dropped between two questions, too. */
  private static boolean isUnknownRole(Throwable failure) {
    return failure instanceof InvalidQueryException
        && failure.getMessage().endsWith("doesn't exist");
  }

  /** The columns that Cassandra masks: none before Cassandra 5, which has no such table. */
  CompletionStage<Masks> masks() {
    return rows("SELECT keyspace_name, table_name, column_name FROM system_schema.column_masks")
        .thenApply(GrantsReader::masks)
        .exceptionally(with(GrantsReader::isUnknownTable, new Masks(Map.of())));
  }

  /** Whatever else is wrong with the question, as for a guardrail, says nothing of masks. */
  private static boolean isUnknownTable(Throwable failure) {
    return failure instanceof InvalidQueryException
        && (failure.getMessage().endsWith("does not exist")
            || failure.getMessage().startsWith("unconfigured table"));
  }

  private static Masks masks(Answer answer) {
    Map<TableName, Set<String>> columns = new HashMap<>();
    for (Row row : answer.rows()) {
      columns
          .computeIfAbsent(
              new TableName(row.getString("keyspace_name"), row.getString("table_name")),
              first -> new HashSet<>())
          .add(row.getString("column_name"));
    }
    return new Masks(columns);
  }

  /**
   * @param datacenter of the node that gave it
   */
  private record Answer(List<Row> rows, String datacenter) {}

  private CompletionStage<Answer> rows(String cql) {
    return session
        .get()
        .executeAsync(
            SimpleStatement.newInstance(cql)
                .setIdempotent(true)
                .setConsistencyLevel(DefaultConsistencyLevel.ONE)
                .setPageSize(PAGE_SIZE))
        .thenCompose(page -> rows(page, new ArrayList<>()));
  }

  /** All pages. */
  private static CompletionStage<Answer> rows(AsyncResultSet page, List<Row> before) {
    page.currentPage().forEach(before::add);
    return page.hasMorePages()
        ? page.fetchNextPage().thenCompose(next -> rows(next, before))
        : CompletableFuture.completedStage(
            new Answer(before, page.getExecutionInfo().getCoordinator().getDatacenter()));
  }

  /** What a stage has failed with, beneath what it wraps it in. */
  static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }

  /** A value in the place of some failures. */
  private static <T> Function<Throwable, T> with(Predicate<Throwable> failures, T value) {
    return failure -> {
      if (failures.test(cause(failure))) {
        return value;
      }
      throw new CompletionException(cause(failure));
    };
  }
}
