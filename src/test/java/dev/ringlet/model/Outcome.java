package dev.ringlet.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringlet.local.RawHttp;
import java.util.List;

/**
 * One of the ways in which the contract lets a request end.
 *
 * @param code a pattern of the code of a problem; empty: it is none
 * @param body what the body has to be
 * @param stored what there is then
 * @param isRefusal whether another right might have let it through
 */
record Outcome(int status, String code, Body body, Content stored, boolean isRefusal) {
  /** Says what is wrong with an answer; empty: nothing. */
  interface Body {
    String wrong(RawHttp.Answer answer);
  }

  static final Body ANY = answer -> "";
  static final Body EMPTY = answer -> answer.body().isEmpty() ? "" : "a body";

  static Outcome refusal(int status, String code, Content before) {
    return new Outcome(status, code, ANY, before, true);
  }

  /** The caller lacks one of these verbs. */
  static Outcome missing(List<String> verbs, Content before) {
    return new Outcome(403, "forbidden", answer -> missing(answer, verbs), before, true);
  }

  private static String missing(RawHttp.Answer answer, List<String> verbs) {
    JsonNode missing = Bodies.json(answer).path("missing");
    boolean said = missing.isArray() && !missing.isEmpty();
    for (JsonNode verb : missing) {
      said &= verbs.contains(verb.asText());
    }
    return said || answer.body().isEmpty() ? "" : "missing is " + missing + ", not of " + verbs;
  }

  /** Another value than the rule lets the column have. */
  static Outcome notTheirs(String column, Content before) {
    return new Outcome(
        403,
        "forbidden",
        answer ->
            answer.body().isEmpty() || Bodies.json(answer).path("column").asText().equals(column)
                ? ""
                : "column is not " + column,
        before,
        true);
  }

  static Outcome done(int status, Body body, Content stored) {
    return new Outcome(status, "", body, stored, false);
  }

  static Outcome failed(int status, String code, Body body, Content before) {
    return new Outcome(status, code, body, before, false);
  }

  /** What is wrong with the answer; empty: nothing. */
  String wrong(RawHttp.Answer answer, boolean head) {
    if (answer.status() != status) {
      return "status is not " + status;
    }
    if (head) {
      return answer.body().isEmpty() ? "" : "HEAD has a body";
    }
    if (!code.isEmpty() && !Bodies.json(answer).path("code").asText().matches(code)) {
      return "code is not " + code;
    }
    return body.wrong(answer);
  }

  @Override
  public String toString() {
    return status + " " + code;
  }
}
