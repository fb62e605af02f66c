package dev.ringlet.faults;

import static dev.ringlet.error.ErrorCode.*;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringlet.encode.Problem;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.local.RawHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What every answer has to be, whatever the request was. */
final class FuzzContract {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Map<String, ErrorCode> CODES =
      Arrays.stream(ErrorCode.values())
          .collect(Collectors.toMap(ErrorCode::code, Function.identity()));

  /**
   * The members by which an error says what is wrong; there is one of them. The others say it in
   * their detail, since there is nothing to name.
   */
  private static final Map<ErrorCode, List<String>> CULPRITS =
      Map.ofEntries(
          entry(INVALID_PARAMETER, List.of("parameter")),
          entry(INVALID_FILTER, List.of("column")),
          entry(INVALID_HEADER, List.of("header")),
          entry(INVALID_EVENT, List.of("attribute")),
          entry(INVALID_VALUE, List.of("column")),
          entry(UNKNOWN_COLUMN, List.of("column")),
          entry(INCOMPLETE_PRIMARY_KEY, List.of("missing")),
          entry(PARTITION_KEY_REQUIRED, List.of("missing", "index_missing")),
          entry(TOO_MANY_KEYS, List.of("primary_key")),
          entry(INVALID_OPERATION, List.of("index")),
          entry(KEY_MISMATCH, List.of("column", "index")),
          entry(LIMIT_EXCEEDED, List.of("limit")),
          entry(FORBIDDEN, List.of("table")),
          entry(UNKNOWN_KEYSPACE, List.of("keyspace")),
          entry(UNKNOWN_TABLE, List.of("table")),
          entry(METHOD_NOT_ALLOWED, List.of("allowed")),
          entry(NOT_ACCEPTABLE, List.of("available")),
          entry(CONDITION_FAILED, List.of("current", "header", "failed", "code")),
          entry(BODY_TOO_LARGE, List.of("limit")),
          entry(UNSUPPORTED_MEDIA_TYPE, List.of("accepted")));

  private static final byte[] GROUPS_FAIL =
      Problem.of(new ApiException(UNAVAILABLE, "The read failed on its replicas.")).document();

  private final FuzzTally tally;

  FuzzContract(FuzzTally tally) {
    this.tally = tally;
  }

  void check(String request, RawHttp.Answer answer) throws IOException {
    assertTrue(answer.status() < 500 || isOfGroups(request, answer), "a fault of the server");
    if (answer.status() >= 400) {
      error(request, answer);
    } else if (answer.status() == 200 && !answer.head().contains("\nContent-Encoding: gzip")) {
      success(answer);
    }
  }

  /** Cassandra fails to group rows of some partitions of which ranges were deleted. */
  private static boolean isOfGroups(String request, RawHttp.Answer answer) {
    return request.split("\n", 2)[0].contains("group=")
        && (request.startsWith("HEAD ")
            // of the document that is not sent, its length
            ? answer.head().contains("Content-Length: " + GROUPS_FAIL.length + "\n")
            : answer.body().equals(new String(GROUPS_FAIL, StandardCharsets.UTF_8)));
  }

  private void error(String request, RawHttp.Answer answer) throws IOException {
    assertTrue(
        answer.head().contains("Content-Type: application/problem+json\n"), "no problem document");
    if (!request.startsWith("HEAD ")) {
      JsonNode problem = JSON.readTree(answer.body());
      assertEquals(answer.status(), problem.path("status").asInt());
      tally.add(code(problem));
    }
  }

  private static ErrorCode code(JsonNode problem) {
    ErrorCode code = CODES.get(problem.path("code").asText());
    assertTrue(code != null, "unknown code");
    assertEquals(code.status(), problem.path("status").asInt());
    assertEquals(code.title(), problem.path("title").asText());
    assertFalse(problem.path("detail").asText().isBlank(), "no detail");
    List<String> culprits = CULPRITS.getOrDefault(code, List.of("code"));
    assertTrue(culprits.stream().anyMatch(problem::has), "nothing of " + culprits);
    return code;
  }

  private void success(RawHttp.Answer answer) throws IOException {
    if (answer.head().contains("Content-Type: application/json")) {
      outcomes(answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body()));
    } else if (answer.head().contains("Content-Type: application/x-ndjson")) {
      for (String line : answer.body().split("\n", -1)) {
        outcome(line.isEmpty() ? JSON.createObjectNode() : JSON.readTree(line));
      }
    }
  }

  /** Of many rows; a row has no such member. */
  private void outcomes(JsonNode answer) {
    answer.path("outcomes").forEach(this::outcome);
    answer.path("statements").forEach(this::outcome);
  }

  private void outcome(JsonNode outcome) {
    JsonNode error = outcome.path("error");
    if (error.isObject()) {
      ErrorCode code = code(error);
      assertTrue(code.status() < 500, "a fault of the server in a row");
      tally.addOutcome(code);
    }
  }
}
