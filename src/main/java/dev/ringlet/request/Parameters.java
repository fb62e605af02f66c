package dev.ringlet.request;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.error.Suggestion;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The parameters of a request besides filters, and what says elsewhere what they say here. */
public record Parameters(List<String> names) {
  public static final Parameters OF_READ =
      new Parameters(
          List.of(
              "select",
              "group",
              "distinct",
              "per_partition",
              "order",
              "limit",
              "after",
              "scan",
              "split",
              "explain"));
  public static final Parameters OF_WRITE = new Parameters(List.of("explain"));
  public static final Parameters OF_POST =
      new Parameters(List.of("op", "ttl", "timestamp", "columns", "explain"));
  public static final Parameters OF_BATCH = new Parameters(List.of("explain"));
  static final Parameters OF_DOCUMENT = new Parameters(List.of("forms"));
  static final Parameters NONE = new Parameters(List.of());

  /** How the header Link leads to all rows. */
  static final String PAGES =
      "The header Link has the path of the next page: there are no page numbers and no offsets.";

  private static final Map<String, String> READS = new HashMap<>();
  private static final Map<String, String> ALL = new HashMap<>();

  static {
    put(READS, PAGES, "page offset skip start cursor next pagetoken pagestate pagingstate");
    put(
        READS,
        "limit=n is the number of rows in a page.",
        "perpage pagesize size top first max maxresults rows take");
    put(
        READS,
        "A filter is a parameter of its own: column=eq.value.",
        "where filter filters q query search");
    put(
        READS,
        "select=column,column says which columns the answer has.",
        "fields columns attributes include projection");
    put(
        READS,
        "Rows are ordered by order=column.asc or order=column.desc.",
        "sort sortby orderby ordering");
    put(READS, FilterHints.OR, "or any");
    put(READS, "All filters hold at once: write each as a parameter of its own.", "and all");
    put(READS, FilterHints.NOT, "not");
    put(READS, "select=count() counts the rows; its items are columns and functions.", "count");
    put(READS, "Aggregates are items of select: select=sum(column)", "sum min avg total aggregate");
    put(
        READS,
        "group=column,column groups by primary key columns, from the first on.",
        "groupby groups");
    put(READS, "distinct=true gives each partition once.", "unique distinctby distincton");
    put(READS, "per_partition=n is PER PARTITION LIMIT.", "perpartitionlimit partitionlimit");
    put(READS, "CQL has no HAVING: leave out groups in the client.", "having");
    put(READS, "scan=true is the parameter for ALLOW FILTERING.", "allowfiltering filtering");
    put(
        READS,
        "The header Accept chooses application/json, application/x-ndjson or text/csv.",
        "format accept");
    put(ALL, "The TTL is the header Cassandra-TTL.", "ttl usingttl expires expire");
    put(ALL, "The write timestamp is the header Cassandra-Timestamp.", "timestamp usingtimestamp");
    put(
        ALL,
        "The consistency level is the header Cassandra-Consistency.",
        "consistency consistencylevel cl");
    put(ALL, "The time to wait is the header Prefer: wait=SECONDS.", "timeout wait");
    put(ALL, "The header If-None-Match: * stands for IF NOT EXISTS.", "ifnotexists");
    put(ALL, "The header If-Match: * stands for IF EXISTS.", "ifexists");
    put(
        ALL,
        "POST, PUT and PATCH write over what is there; If-None-Match: * is the header against it.",
        "upsert onconflict overwrite");
  }

  private static void put(Map<String, String> hints, String hint, String names) {
    for (String name : names.split(" ", -1)) {
      hints.put(name, hint);
    }
  }

  /** Whether filters may be conditions. */
  boolean ofWrite() {
    return names.equals(OF_WRITE.names);
  }

  boolean has(String name) {
    return names.contains(name);
  }

  /** What says here what a parameter of another API, or a word of SQL or CQL, says there. */
  Optional<String> instead(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("\\[.*|[$_-]", "");
    Optional<String> ofAll = Optional.ofNullable(ALL.get(plain));
    return names.equals(OF_READ.names)
        ? ofAll.or(() -> Optional.ofNullable(READS.get(plain)))
        : ofAll;
  }

  /** The parameter that was probably meant. */
  Optional<String> meant(String name) {
    return Suggestion.question(Suggestion.nearest(name, names));
  }

  /** The refusal of one that there is not. */
  ApiException absent(String name) {
    return new ApiException(ErrorCode.INVALID_PARAMETER, "There is no parameter " + name + " here.")
        .with("parameter", name)
        .hint(instead(name).or(() -> meant(name)));
  }
}
