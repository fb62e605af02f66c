package dev.ringlet.header;

import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is sent instead of a media type that is not taken. */
public final class MediaTypeHints {
  private MediaTypeHints() {}

  /**
   * @param type the header Content-Type, or null
   * @param accepted what is taken
   */
  public static Optional<String> of(String type, List<String> accepted) {
    String plain = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return Optional.ofNullable(
        switch (plain) {
          case "", "application/x-www-form-urlencoded" ->
              "curl sends JSON with --json, or with -d and -H 'Content-Type: application/json'"
                  + (accepted.contains(RowFormat.CSV)
                      ? "; NDJSON and CSV with --data-binary and their type."
                      : ".");
          case "multipart/form-data" ->
              "curl sends a file as it is with --data-binary @file, and its type with -H.";
          case "application/json-patch+json" ->
              "PATCH takes a merge patch: an object of columns with their new values.";
          case RowFormat.EVENT, RowFormat.EVENTS ->
              accepted.contains(plain) ? null : "Events go by POST to their table.";
          case RowFormat.NDJSON, RowFormat.CSV ->
              accepted.contains(plain) ? null : "Many rows go by POST to their table.";
          default ->
              called(plain)
                  .filter(accepted::contains)
                  .map(name -> "It is called " + name + " here.")
                  .orElse(null);
        });
  }

  private static Optional<String> called(String type) {
    return Optional.ofNullable(
        switch (type) {
          case "text/json", "application/javascript", "json" -> MediaType.APPLICATION_JSON;
          case "application/ndjson",
              "application/jsonl",
              "application/x-jsonl",
              "application/jsonlines",
              "application/x-jsonlines",
              "application/json-seq",
              "ndjson" ->
              RowFormat.NDJSON;
          case "application/cloudevents" -> RowFormat.EVENT;
          case "application/cloudevents-batch" -> RowFormat.EVENTS;
          case "application/csv", "text/x-csv", "text/comma-separated-values", "csv" ->
              RowFormat.CSV;
          default -> null;
        });
  }
}
