package dev.ringlet.openapi;

import static dev.ringlet.openapi.Trees.object;
import static dev.ringlet.openapi.Trees.ref;
import static dev.ringlet.openapi.Trees.schema;
import static dev.ringlet.openapi.Trees.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringlet.config.Headers;
import dev.ringlet.encode.Problem;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.RowFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Answers: those of every error by its status, and the headers of all. */
final class Answers {
  private static final String PROBLEM = "Problem";
  private static final String PROBLEM_TYPE = "application/problem+json";
  private static final int CONDITION_FAILED = 412;

  /** Of requests with a body alone. */
  private static final List<Integer> OF_BODIES = List.of(408, 413, 415);

  /** Before it is known what a request is about; an operation that is listed is no 405. */
  private static final List<Integer> OF_ALL = List.of(405, 414, 421, 431, 505);

  /** What answers have besides, by their statuses. */
  private static final Map<Integer, List<String>> OF_STATUS =
      Map.of(
          401, List.of("WWW-Authenticate"),
          412, List.of("ETag"),
          429, List.of("Retry-After"),
          503, List.of("Retry-After"));

  private Answers() {}

  private static SortedSet<Integer> statuses() {
    SortedSet<Integer> statuses = new TreeSet<>();
    Arrays.stream(ErrorCode.values()).forEach(code -> statuses.add(code.status()));
    return statuses;
  }

  /** The answers to an operation that are problems, by reference; others go for all of them. */
  static void addProblems(ObjectNode responses, boolean body) {
    for (int status : statuses()) {
      String key = Integer.toString(status);
      boolean possible = !OF_ALL.contains(status) && (body || !OF_BODIES.contains(status));
      if (possible && !responses.has(key)) {
        responses.set(key, ref("responses", PROBLEM + status));
      }
    }
    responses.set("default", ref("responses", PROBLEM));
  }

  /** That a condition does not hold, with a row of its own type. */
  static ObjectNode conditionFailed(String schema) {
    return problem(titles(codes(CONDITION_FAILED)), CONDITION_FAILED, schema(schema), object());
  }

  /** The components that {@link #addProblems} refers to. */
  static Map<String, ObjectNode> problems() {
    Map<String, ObjectNode> problems = new LinkedHashMap<>();
    for (int status : statuses()) {
      if (!OF_ALL.contains(status)) {
        problems.put(
            PROBLEM + status,
            problem(titles(codes(status)), status, schema(PROBLEM), examples(codes(status))));
      }
    }
    List<ErrorCode> others =
        Arrays.stream(ErrorCode.values()).filter(code -> OF_ALL.contains(code.status())).toList();
    problems.put(
        PROBLEM, problem("Any other: " + titles(others), 0, schema(PROBLEM), examples(others)));
    return problems;
  }

  private static ObjectNode problem(
      String description, int status, ObjectNode schema, ObjectNode examples) {
    ObjectNode headers = headers(List.of(Headers.REQUEST_ID));
    headers.setAll(headers(OF_STATUS.getOrDefault(status, List.of())));
    ObjectNode content = object().set("schema", schema);
    if (!examples.isEmpty()) {
      content.set("examples", examples);
    }
    ObjectNode response = object().put("description", description);
    response.set("headers", headers);
    return response.set("content", object().set(PROBLEM_TYPE, content));
  }

  private static ObjectNode examples(List<ErrorCode> codes) {
    ObjectNode examples = object();
    for (ErrorCode code : codes) {
      ApiException example = new ApiException(code, code.title() + ".");
      examples.set(
          code.code(), object().set("value", Trees.written(json -> Problem.write(example, json))));
    }
    return examples;
  }

  private static List<ErrorCode> codes(int status) {
    return Arrays.stream(ErrorCode.values()).filter(code -> code.status() == status).toList();
  }

  private static String titles(List<ErrorCode> codes) {
    return codes.stream()
        .map(code -> code.code() + ": " + code.title())
        .collect(Collectors.joining("; "));
  }

  /** Those that are the same for all tables. */
  static Map<String, ObjectNode> successes() {
    Map<String, ObjectNode> answers = new LinkedHashMap<>();
    answers.put("NotModified", success("The client has the row as it is.", List.of("ETag")));
    answers.put(
        "Created",
        success(
            "The row is written. With the preference return=representation the answer has it as it"
                + " is stored.",
            List.of("Location", "ETag")));
    answers.put("Done", success("It is done.", List.of()));
    answers.put(
        Parts.OUTCOMES,
        success(
            "What became of many rows.",
            List.of(),
            List.of(RowFormat.JSON, RowFormat.NDJSON),
            schema(Parts.OUTCOMES)));
    answers.put(Parts.EXPLANATION, explanation());
    return answers;
  }

  /** Nothing is carried out, so that no header says how. */
  private static ObjectNode explanation() {
    ObjectNode answer =
        object().put("description", "What would be done, with explain=true. Nothing is.");
    answer.set("headers", headers(List.of(Headers.REQUEST_ID)));
    return answer.set(
        "content", object().set(RowFormat.JSON, object().set("schema", schema(Parts.EXPLANATION))));
  }

  /** An answer with content, JSON of a schema first. */
  static ObjectNode success(
      String description, List<String> headers, List<String> mediaTypes, ObjectNode json) {
    ObjectNode content = object();
    for (String mediaType : mediaTypes) {
      content.set(
          mediaType,
          object().set("schema", mediaType.equals(RowFormat.JSON) ? json : type("string")));
    }
    return success(description, headers).set("content", content);
  }

  /** One without. */
  static ObjectNode success(String description, List<String> headers) {
    List<String> all = new ArrayList<>(headers);
    all.addAll(List.of(Headers.PREFERENCE_APPLIED, Headers.CONSISTENCY, Headers.REQUEST_ID));
    return object().put("description", description).set("headers", headers(all));
  }

  /** Headers of an answer, by reference. */
  static ObjectNode headers(List<String> names) {
    ObjectNode headers = object();
    names.forEach(name -> headers.set(name, ref("headers", name)));
    return headers;
  }

  /** The components that {@link #headers} refers to. */
  static Map<String, ObjectNode> headers() {
    Map<String, ObjectNode> headers = new LinkedHashMap<>();
    headers.put(Headers.REQUEST_ID, header("The id of the request, which the log has too."));
    headers.put("Link", header("The path of the next page, with rel=\"next\", if there is one."));
    headers.put("ETag", header("The tag of the row's content, for If-Match and If-None-Match."));
    headers.put("Location", header("The path of the row, if its key can stand in one."));
    headers.put(Headers.PREFERENCE_APPLIED, header("The preferences of Prefer that were obeyed."));
    headers.put(Headers.CONSISTENCY, header("The consistency level that was asked for."));
    headers.put("Retry-After", header("Seconds after which trying again makes sense."));
    headers.put("WWW-Authenticate", header("The schemes there are, and what is wrong."));
    return headers;
  }

  private static ObjectNode header(String description) {
    return object().put("description", description).set("schema", type("string"));
  }
}
