package dev.ringlet.development;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringlet.cql.Connection;
import dev.ringlet.cql.Page;
import dev.ringlet.encode.JsonBytes;
import dev.ringlet.encode.RowEncoder;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.local.CqlScript;
import dev.ringlet.local.CqlStatement;
import dev.ringlet.plan.Projection;
import dev.ringlet.value.NumberForm;
import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends the statements of a script one after the other, and shows what they answer. It waits. */
@Singleton
@IfBuildProfile(anyOf = {"dev", "test"})
final class ScriptRun {
  /** A change of the schema may take seconds. */
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** How many rows of a statement are shown. */
  private static final int ROWS = 1000;

  /** Sent as it is, it would change the keyspace of everybody's session. */
  private static final Pattern USE = Pattern.compile("(?is)USE\\s+(\\w+|\"[^\"]+\")");

  private final Connection connection;

  ScriptRun(Connection connection) {
    this.connection = connection;
  }

  /**
   * An array of objects in JSON, one a statement: the line where it begins and, if it answers with
   * rows, the first thousand of them.
   *
   * @throws ApiException of the first statement that is refused; those before it were done
   */
  byte[] answer(String cql) {
    List<CqlStatement> script = CqlScript.statements(cql);
    if (script.isEmpty()) {
      throw new ApiException(
          ErrorCode.INVALID_BODY, "The body has no statement: write CQL, with semicolons between.");
    }
    CqlSession session = connection.session();
    return JsonBytes.write(json -> run(script, session, json));
  }

  private static void run(List<CqlStatement> script, CqlSession session, JsonGenerator json)
      throws IOException {
    Optional<CqlIdentifier> keyspace = Optional.empty();
    json.writeStartArray();
    for (int i = 0; i < script.size(); i++) {
      CqlStatement statement = script.get(i);
      json.writeStartObject();
      json.writeNumberField("line", statement.line());
      Matcher use = USE.matcher(statement.text());
      if (use.matches()) {
        keyspace = Optional.of(CqlIdentifier.fromCql(use.group(1)));
      } else {
        rows(execute(session, statement, keyspace, i + 1), json);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static ResultSet execute(
      CqlSession session, CqlStatement statement, Optional<CqlIdentifier> keyspace, int i) {
    try {
      return session.execute(
          SimpleStatement.builder(statement.text())
              .setKeyspace(keyspace.orElse(null))
              .setPageSize(ROWS)
              .setTimeout(TIMEOUT)
              .build());
    } catch (DriverException e) {
      throw refused(statement, i, e);
    }
  }

  private static ApiException refused(CqlStatement statement, int i, DriverException e) {
    ErrorCode code =
        e instanceof QueryValidationException
            ? ErrorCode.REFUSED_BY_CASSANDRA
            : ErrorCode.WRITE_OUTCOME_UNKNOWN;
    int line = statement.line(e.getMessage());
    String reason = CqlStatement.reason(e.getMessage());
    return new ApiException(code, "Statement %d, line %d: %s".formatted(i, line, reason))
        .with("statement", i)
        .with("line", line);
  }

  private static void rows(ResultSet result, JsonGenerator json) throws IOException {
    if (result.getColumnDefinitions().size() > 0) {
      int size = result.getAvailableWithoutFetching();
      Page page =
          new Page(
              result.getColumnDefinitions(),
              Projection.all(""),
              result,
              size,
              0,
              Optional.ofNullable(result.getExecutionInfo().getPagingState()));
      json.writeArrayFieldStart("rows");
      for (int i = 0; i < size; i++) {
        Row row = result.one();
        RowEncoder.write(page, row, NumberForm.STRING, json);
      }
      json.writeEndArray();
      if (page.next().isPresent()) {
        json.writeBooleanField("more", true);
      }
    }
  }
}
