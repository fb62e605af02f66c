package dev.ringlet.guard;

import dev.ringlet.request.Operator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A query as a client writes it, and the same in CQL, written here and not by the planner.
 *
 * @param path key values
 * @param raw the query of the URL, without scan
 * @param where with literals
 * @param end what follows: GROUP BY, ORDER BY and limits
 */
record GuardQuery(List<String> path, String raw, String select, String where, String end) {

  /** Those with which the first row is found, so that Cassandra comes to look at it. */
  private static final List<Operator> ALL =
      List.of(
          Operator.EQ,
          Operator.LTE,
          Operator.GTE,
          Operator.IN,
          Operator.CONTAINS,
          Operator.CONTAINS_KEY,
          Operator.ENTRY,
          Operator.LIKE);

  /** A query by chance, more often than not one that is near to the key or to an index. */
  static GuardQuery of(GuardTables.Shape shape, List<String> indexed, Random random) {
    return new Writer(shape, indexed, random).query();
  }

  /** What a DELETE is narrowed by: a partition at least, and filters on the key. */
  static GuardQuery ofDelete(GuardTables.Shape shape, List<String> indexed, Random random) {
    return new Writer(shape, indexed, random).delete();
  }

  String cql(String table) {
    return "SELECT %s FROM %s%s%s"
        .formatted(select, table, where.isEmpty() ? "" : " WHERE " + where, end);
  }

  private static final class Writer {
    private final GuardTables.Shape shape;
    private final List<String> indexed;
    private final Random random;
    private final List<String> path = new ArrayList<>();
    private final List<String> parameters = new ArrayList<>();
    private final List<String> relations = new ArrayList<>();
    private String select = "*";
    private String group = "";
    private String order = "";
    private String limits = "";
    private boolean ofKey;

    Writer(GuardTables.Shape shape, List<String> indexed, Random random) {
      this.shape = shape;
      this.indexed = indexed;
      this.random = random;
    }

    GuardQuery query() {
      if (shape.clustered() && random.nextInt(12) == 0) {
        merged();
        return written();
      }
      relations(random.nextInt(5) < 3 ? shape.partition() : 0);
      order();
      select();
      if (random.nextInt(3) == 0) {
        rows();
      }
      return written();
    }

    GuardQuery delete() {
      ofKey = true;
      relations(shape.partition());
      return written();
    }

    private GuardQuery written() {
      return new GuardQuery(
          path,
          String.join("&", parameters),
          select,
          String.join(" AND ", relations),
          group + order + limits);
    }

    private void relations(int partition) {
      List<GuardColumn> key = shape.key();
      int given = partition > 0 ? partition + random.nextInt(key.size() - partition + 1) : 0;
      for (GuardColumn column : key.subList(0, given)) {
        path.add(column.text().get(0));
        relations.add(column.name() + " = " + column.cql().get(0));
      }
      int filters = random.nextInt(4);
      for (int i = 0; i < filters; i++) {
        if (random.nextInt(6) == 0) {
          tuples();
        } else {
          filter(column(given));
        }
      }
    }

    /** In order, of several partitions. */
    private void merged() {
      for (GuardColumn column : shape.key().subList(0, shape.partition())) {
        add(column, random.nextBoolean() ? Operator.IN : Operator.EQ);
      }
      if (random.nextInt(3) == 0) {
        filter(column(shape.partition()));
      }
      if (random.nextInt(3) == 0) {
        tuples();
      }
      GuardColumn first = shape.key().get(shape.partition());
      parameters.add("order=" + first.name() + ".desc&limit=5");
      order = " ORDER BY " + first.name() + " DESC";
      limits = " LIMIT 5";
    }

    /** Two columns or more that are compared together, most often such as CQL takes. */
    private void tuples() {
      int from = random.nextInt(8) == 0 ? 0 : shape.partition();
      List<GuardColumn> key = shape.key().subList(from, shape.key().size());
      if (key.size() < 2) {
        return;
      }
      int start = random.nextInt(key.size() - 1);
      int end = start + 2 + random.nextInt(key.size() - start - 1);
      List<GuardColumn> columns = new ArrayList<>(key.subList(start, end));
      if (random.nextInt(10) == 0) {
        Collections.reverse(columns);
      }
      tuple(
          columns,
          List.of(Operator.EQ, Operator.IN, Operator.LTE, Operator.GTE).get(random.nextInt(4)));
      if (random.nextInt(4) == 0) {
        tuple(columns.subList(0, 1 + random.nextInt(columns.size())), Operator.LTE);
      }
    }

    private void tuple(List<GuardColumn> columns, Operator operator) {
      String cql = tuple(columns, column -> column.cql().get(0));
      String text = tuple(columns, ",", column -> item(column.text().get(0)));
      if (operator == Operator.IN) {
        cql = "(" + cql + ", " + tuple(columns, column -> column.cql().get(1)) + ")";
        text = "(" + text + "," + tuple(columns, ",", column -> item(column.text().get(1))) + ")";
      }
      String names = tuple(columns, GuardColumn::name);
      relations.add(operator.relation(names).replace("?", "") + cql);
      parameters.add(encode(names.replace(" ", "")) + "=" + operator.symbol() + "." + encode(text));
    }

    private static String tuple(List<GuardColumn> columns, Function<GuardColumn, String> part) {
      return tuple(columns, ", ", part);
    }

    private static String tuple(
        List<GuardColumn> columns, String between, Function<GuardColumn, String> part) {
      return columns.stream().map(part).collect(Collectors.joining(between, "(", ")"));
    }

    private GuardColumn column(int given) {
      List<GuardColumn> key = shape.key();
      int chance = random.nextInt(10);
      if ((ofKey || chance < 4) && given < key.size()) {
        return key.get(given + random.nextInt(key.size() - given));
      }
      List<GuardColumn> candidates =
          shape.columns().stream().filter(c -> chance >= 8 || indexed.contains(c.plain())).toList();
      return candidates.isEmpty() || ofKey
          ? key.get(random.nextInt(key.size()))
          : candidates.get(random.nextInt(candidates.size()));
    }

    private void filter(GuardColumn column) {
      boolean time = column.type().equals("timeuuid") && random.nextBoolean();
      add(time ? column.bound(random.nextBoolean()) : column, operator(column));
    }

    private void add(GuardColumn column, Operator operator) {
      String one = column.cql().get(0);
      relations.add(
          column.name()
              + switch (operator) {
                case EQ, LT, LTE, GT, GTE, NE, IS -> operator.relation("").replace("?", one);
                case IN -> " IN (" + one + ", " + column.cql().get(1) + ")";
                case CONTAINS -> " CONTAINS " + column.element().get(1);
                case CONTAINS_KEY -> " CONTAINS KEY " + column.key().get(1);
                case ENTRY -> "[" + column.key().get(1) + "] = " + column.element().get(1);
                case LIKE -> "";
              });
      String text = column.text().get(0);
      String operand =
          switch (operator) {
            case EQ, LT, LTE, GT, GTE, NE, IS -> text;
            case IN -> "(" + item(text) + "," + item(column.text().get(1)) + ")";
            case CONTAINS -> column.element().get(0);
            case CONTAINS_KEY -> column.key().get(0);
            case ENTRY -> "(" + column.key().get(0) + "," + column.element().get(0) + ")";
            case LIKE -> List.of("x%", "%1", "%x%", "x1", "%", "").get(random.nextInt(6));
          };
      if (operator == Operator.LIKE) {
        relations.set(relations.size() - 1, column.name() + " LIKE '" + operand + "'");
      }
      String name =
          column.name().startsWith("\"")
              ? "\"" + column.plain().replace("\"", "\\\"") + "\""
              : column.name();
      parameters.add(encode(name) + "=" + operator.symbol() + "." + encode(operand));
    }

    /** Mostly one that makes sense for the type. */
    private Operator operator(GuardColumn column) {
      String type = column.type();
      List<Operator> sensible = new ArrayList<>();
      if (type.matches("(frozen<)?(list|set|map).*")) {
        sensible.add(Operator.CONTAINS);
      }
      if (type.contains("map")) {
        sensible.addAll(List.of(Operator.CONTAINS_KEY, Operator.ENTRY));
      }
      if (!type.matches("(list|set|map).*")) {
        sensible.addAll(
            List.of(
                Operator.EQ, Operator.EQ, Operator.EQ, Operator.IN, Operator.GTE, Operator.LTE));
      }
      if (type.equals("text")) {
        sensible.addAll(List.of(Operator.LIKE, Operator.LIKE));
      }
      return random.nextInt(20) == 0
          ? ALL.get(random.nextInt(ALL.size()))
          : sensible.get(random.nextInt(sensible.size()));
    }

    private void select() {
      if (random.nextInt(10) == 0 && shape.hasStatics()) {
        select = List.of("xs", "xs, p", "xs, i", "ttl(xt)").get(random.nextInt(4));
        select = select.replace(", p", ", " + shape.key().get(0).name());
        parameters.add("select=" + select.replace(" ", ""));
      }
    }

    /** Groups, distinct ones, some of each partition, aggregates; or several of these. */
    private void rows() {
      int chance = random.nextInt(16);
      if (select.equals("*") && chance % 4 < 2) {
        select(
            List.of("count()", "max(i)", "count(),sum(i)", "$p", "$p,min($c)", "token(),count(xs)")
                .get(random.nextInt(shape.hasStatics() ? 6 : 1)));
      }
      if (chance % 3 == 0) {
        group();
      }
      if (chance % 5 == 0) {
        distinct();
      }
      if (chance % 7 == 0) {
        parameters.add("per_partition=1");
        limits = " PER PARTITION LIMIT 1" + limits;
      }
    }

    private void select(String items) {
      select =
          items
              .replace("$p", names(shape.key().subList(0, shape.partition())))
              .replace("$c", shape.key().get(shape.key().size() - 1).name());
      parameters.add("select=" + select);
      select =
          select
              .replace("count()", "count(*)")
              .replace("token()", "token($p)")
              .replace("$p", names(shape.key().subList(0, shape.partition())));
    }

    /** Mostly the columns of the key from the first on. */
    private void group() {
      List<GuardColumn> columns = new ArrayList<>(shape.key());
      if (random.nextInt(5) == 0) {
        columns.add(shape.columns().get(random.nextInt(shape.columns().size())));
        Collections.shuffle(columns, random);
      }
      int from = random.nextInt(3) == 0 ? random.nextInt(columns.size()) : 0;
      int to = from + 1 + random.nextInt(columns.size() - from);
      String names = names(columns.subList(from, to));
      parameters.add("group=" + encode(names.replace("\"\"", "\\\"")));
      group = " GROUP BY " + names;
    }

    private void distinct() {
      parameters.add("distinct=true");
      List<GuardColumn> columns = new ArrayList<>(shape.key().subList(0, shape.partition()));
      if (shape.hasStatics()) {
        columns.addAll(List.of(GuardColumn.STATIC_NUMBER, GuardColumn.STATIC_TEXT));
      }
      select = "DISTINCT " + (select.equals("*") ? names(columns) : select);
    }

    private static String names(List<GuardColumn> columns) {
      return columns.stream().map(GuardColumn::name).collect(Collectors.joining(","));
    }

    private void order() {
      int chance = random.nextInt(12);
      if (chance == 0 && shape.clustered()) {
        GuardColumn first = shape.key().get(shape.partition());
        parameters.add("order=" + first.name() + ".desc&limit=5");
        order = " ORDER BY " + first.name() + " DESC";
        limits = " LIMIT 5";
      } else if (shape.hasVectors()
          && shape.hasStatics()
          && (chance == 1 || (chance < 4 && indexed.contains("v")))) {
        parameters.add("order=v.ann.[0.5,1]&limit=5");
        order = " ORDER BY v ANN OF [0.5, 1]";
        limits = " LIMIT 5";
      }
    }

    private static String item(String text) {
      return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String encode(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }
}
