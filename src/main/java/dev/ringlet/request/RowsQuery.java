package dev.ringlet.request;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.error.Suggestion;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the query of POST says of the rows in its body.
 *
 * @param ttl the name of the member, or column of CSV, with each row's own TTL
 * @param timestamp the same with its write timestamp
 * @param columns names of the columns of CSV that has no header line
 * @param explain whether nothing is to be written
 */
public record RowsQuery(
    RowOperation operation,
    Optional<String> ttl,
    Optional<String> timestamp,
    Optional<List<String>> columns,
    boolean explain) {
  private static final Set<String> UPDATES = Set.of("update", "upsert", "replace", "put", "patch");

  public RowsQuery {
    columns = columns.map(List::copyOf);
  }

  /** Without anything besides the operation. */
  public static RowsQuery of(RowOperation operation) {
    return new RowsQuery(operation, Optional.empty(), Optional.empty(), Optional.empty(), false);
  }

  /**
   * @param raw the query as in the request line, or null
   * @throws ApiException {@link ErrorCode#INVALID_PARAMETER}
   */
  public static RowsQuery parse(String raw) {
    if (raw == null || raw.isEmpty()) {
      return of(RowOperation.INSERT);
    }
    Map<String, String> parameters = parameters(raw);
    Optional<String> ttl = name(parameters, "ttl");
    Optional<String> timestamp = name(parameters, "timestamp");
    if (ttl.isPresent() && ttl.equals(timestamp)) {
      throw invalid("timestamp", "The parameters ttl and timestamp name the same member.");
    }
    return new RowsQuery(
        operation(parameters.getOrDefault("op", "insert")),
        ttl,
        timestamp,
        Optional.ofNullable(parameters.get("columns")).map(RowsQuery::columns),
        explain(parameters.getOrDefault("explain", "false")));
  }

  private static Map<String, String> parameters(String raw) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      if (!Parameters.OF_POST.has(name)) {
        throw invalid(name, "POST takes the parameters op, ttl, timestamp, columns and explain.")
            .hint(Parameters.OF_POST.instead(name).or(() -> Parameters.OF_POST.meant(name)));
      }
      if (parameters.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1))) != null) {
        throw invalid(name, "The parameter " + name + " comes twice.");
      }
    }
    return parameters;
  }

  private static boolean explain(String flag) {
    if (!flag.equals("true") && !flag.equals("false")) {
      throw invalid("explain", "The parameter explain is true or false.");
    }
    return flag.equals("true");
  }

  private static RowOperation operation(String operation) {
    return Arrays.stream(RowOperation.values())
        .filter(known -> known.parameter().equals("op=" + operation))
        .findFirst()
        .orElseThrow(
            () ->
                invalid("op", "The parameter op is insert, merge or delete.")
                    .hint(operationMeant(operation)));
  }

  private static Optional<String> operationMeant(String operation) {
    if (UPDATES.contains(operation)) {
      return Optional.of(
          "POST writes over a row that is there; op=merge changes rows as PATCH does.");
    }
    return Suggestion.question(Suggestion.nearest(operation, List.of("insert", "merge", "delete")));
  }

  /** The value itself, put where its member's name belongs, would be the name of none. */
  private static Optional<String> name(Map<String, String> parameters, String parameter) {
    String given = parameters.get(parameter);
    if (given == null) {
      return Optional.empty();
    }
    if (given.isEmpty() || given.matches("-?[0-9]+")) {
      throw invalid(parameter, "The parameter " + parameter + " is the name of a member of rows.")
          .hint(Parameters.OF_POST.instead(parameter));
    }
    return Optional.of(unquoted(parameter, given));
  }

  private static List<String> columns(String list) {
    try {
      return QuotedList.split(list).stream().map(QuotedList::unquote).toList();
    } catch (IllegalArgumentException e) {
      throw invalid("columns", "The parameter columns has " + e.getMessage() + ".");
    }
  }

  private static String unquoted(String parameter, String text) {
    try {
      return QuotedList.unquote(text);
    } catch (IllegalArgumentException e) {
      throw invalid(parameter, "The parameter " + parameter + " has " + e.getMessage() + ".");
    }
  }

  private static String decode(String raw) {
    try {
      return Percent.decode(raw, true);
    } catch (IllegalArgumentException e) {
      throw invalid(raw, "The query " + e.getMessage() + ".");
    }
  }

  private static ApiException invalid(String parameter, String detail) {
    return new ApiException(ErrorCode.INVALID_PARAMETER, detail).with("parameter", parameter);
  }
}
