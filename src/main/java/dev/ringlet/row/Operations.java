package dev.ringlet.row;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ringlet.body.ByteOrderMark;
import dev.ringlet.body.JsonText;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.error.Suggestion;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the operations of a batch: an array of objects, in which rows stay JSON. */
@Singleton
public final class Operations {
  private static final String EXAMPLE = "{\"insert\": \"/v1/keyspace/table\", \"row\": {…}}";
  private static final String ROW = "row";
  private static final String IF_MATCH = "if_match";
  private static final String IF_NONE_MATCH = "if_none_match";
  private static final String TTL = "ttl";
  private static final List<String> MEMBERS =
      List.of("insert", "replace", "merge", "delete", ROW, IF_MATCH, IF_NONE_MATCH, TTL);

  /** Members of other APIs, and words of CQL, and what says here what they say there. */
  private static final Map<String, String> MEANT = new HashMap<>();

  static {
    meant("A new row is " + EXAMPLE, "op operation method action type path url uri table href");
    meant("insert is the member for POST.", "post create add");
    meant("replace is the member for PUT.", "put");
    meant("merge is the member for PATCH.", "patch update upsert");
    meant("delete is the member for DELETE.", "remove");
    meant("The row is the member row.", "value values body data set item document columns");
    meant(
        "\"if_match\": \"*\" stands for IF EXISTS, \"if_none_match\": \"*\" for IF NOT EXISTS.",
        "if ifexists ifnotexists condition ifmatch ifnonematch");
    meant("The seconds are the member ttl.", "usingttl expires cassandrattl");
    meant("A batch has one timestamp, the header Cassandra-Timestamp.", "timestamp");
  }

  private static void meant(String hint, String names) {
    for (String name : names.split(" ", -1)) {
      MEANT.put(name, hint);
    }
  }

  private final JsonRow rows;
  private final JsonText text;
  private final JsonText.AtMost atMost;

  Operations(JsonRow rows, RingletConfig config) {
    this.rows = rows;
    text = new JsonText(config);
    atMost =
        new JsonText.AtMost(
            config.batch().maxRows(),
            "A batch has %d operations at most.",
            "ringlet.batch.max-rows");
  }

  /**
   * The error of an operation, if it is one of those, has its {@code index}.
   *
   * @throws ApiException {@link ErrorCode#INVALID_JSON}, {@link ErrorCode#INVALID_OPERATION},
   *     {@link ErrorCode#LIMIT_EXCEEDED}
   */
  public List<Operation> read(byte[] marked) {
    byte[] body = ByteOrderMark.strip(marked);
    List<Operation> operations = new ArrayList<>();
    for (JsonText.Element element : text.elements(body, atMost)) {
      try {
        operations.add(
            text.parse(body, element, 1, parser -> new Reader(body, element).read(parser)));
      } catch (ApiException e) {
        throw e.with("index", operations.size());
      }
    }
    return operations;
  }

  /** One of them. */
  private final class Reader {
    private final byte[] body;
    private final JsonText.Element element;
    private final Set<Operation.Kind> kinds = EnumSet.noneOf(Operation.Kind.class);
    private final Map<String, String> members = new HashMap<>();
    private byte[] row = {};

    Reader(byte[] body, JsonText.Element element) {
      this.body = body;
      this.element = element;
    }

    Operation read(JsonParser json) throws IOException {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw invalid("An operation is an object, as " + EXAMPLE);
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        if (members.put(name, member(name, json)) != null) {
          throw new ApiException(
                  ErrorCode.INVALID_JSON, "The operation has the member " + name + " twice.")
              .with("member", name);
        }
      }
      return operation();
    }

    private String member(String name, JsonParser json) throws IOException {
      return switch (name) {
        case ROW -> row(json);
        case TTL -> text(name, json, JsonToken.VALUE_NUMBER_INT, "a number of seconds");
        case IF_MATCH, IF_NONE_MATCH ->
            text(name, json, JsonToken.VALUE_STRING, "the text of the header");
        case "insert", "replace", "merge", "delete" -> {
          kinds.add(Operation.Kind.valueOf(name.toUpperCase(Locale.ROOT)));
          yield text(name, json, JsonToken.VALUE_STRING, "a path");
        }
        default -> throw unknown(name);
      };
    }

    private String row(JsonParser json) throws IOException {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw invalid("The member row is an object.").with("member", ROW);
      }
      int start = element.start() + (int) json.currentTokenLocation().getByteOffset();
      json.skipChildren();
      int end = element.start() + (int) json.currentLocation().getByteOffset();
      row = Arrays.copyOfRange(body, start, end);
      return ROW;
    }

    private static String text(String name, JsonParser json, JsonToken token, String expected)
        throws IOException {
      if (json.currentToken() != token) {
        throw invalid("The member %s is %s.".formatted(name, expected)).with("member", name);
      }
      return json.getText();
    }

    private Operation operation() {
      if (kinds.size() != 1) {
        throw invalid("An operation has one of insert, replace, merge and delete, as " + EXAMPLE);
      }
      Operation.Kind kind = kinds.iterator().next();
      if (kind.hasRow() != members.containsKey(ROW)) {
        throw invalid(
                kind.hasRow()
                    ? "The operation lacks the member row."
                    : "A delete has no row: what it deletes is named by its path.")
            .with("member", ROW);
      }
      return new Operation(
          kind,
          members.get(kind.symbol()),
          rows.row(row),
          row.length,
          header(IF_MATCH),
          header(IF_NONE_MATCH),
          Optional.ofNullable(members.get(TTL)));
    }

    private List<String> header(String member) {
      return members.containsKey(member) ? List.of(members.get(member)) : List.of();
    }

    private static ApiException unknown(String name) {
      String plain = name.toLowerCase(Locale.ROOT).replaceAll("[$_ -]", "");
      return invalid("An operation has no member " + name + ".")
          .with("member", name)
          .hint(
              Optional.ofNullable(MEANT.get(plain))
                  .or(() -> Suggestion.question(Suggestion.nearest(name, MEMBERS))));
    }

    private static ApiException invalid(String detail) {
      return new ApiException(ErrorCode.INVALID_OPERATION, detail);
    }
  }
}
