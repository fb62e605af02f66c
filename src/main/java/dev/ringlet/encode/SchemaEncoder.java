package dev.ringlet.encode;

import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringlet.access.PermittedKeyspace;
import dev.ringlet.access.PermittedTable;
import dev.ringlet.access.Verb;
import dev.ringlet.guard.IndexRules;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.IndexDefinition;
import dev.ringlet.schema.Table;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * The description of keyspaces and tables; its words are those of Cassandra's system_schema. In
 * links, names stand as they are: Cassandra's are of letters, digits and underscores.
 */
public final class SchemaEncoder {
  private static final String OPENAPI = "/openapi.json";

  private SchemaEncoder() {}

  /**
   * @param root the path of {@code /v1} for the client
   */
  public static byte[] keyspaces(List<String> keyspaces, String root) {
    return JsonBytes.write(
        json -> {
          json.writeStartObject();
          names("keyspaces", keyspaces, json);
          json.writeObjectFieldStart("links");
          json.writeStringField("openapi", root + OPENAPI);
          json.writeObjectFieldStart("keyspaces");
          for (String keyspace : keyspaces) {
            json.writeStringField(keyspace, root + "/" + keyspace);
          }
          json.writeEndObject();
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  /**
   * @param root as of the keyspaces
   */
  public static byte[] keyspace(PermittedKeyspace keyspace, String root) {
    String path = root + "/" + keyspace.name();
    return JsonBytes.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("keyspace", keyspace.name());
          json.writeArrayFieldStart("tables");
          for (PermittedTable table : keyspace.tables()) {
            table(table, path, json);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("types");
          for (UserDefinedType type : keyspace.types()) {
            type(type, json);
          }
          json.writeEndArray();
          json.writeObjectFieldStart("links");
          json.writeStringField("keyspaces", root);
          json.writeStringField("openapi", path + OPENAPI);
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  private static void table(PermittedTable permitted, String keyspace, JsonGenerator json)
      throws IOException {
    Table table = permitted.table();
    json.writeStartObject();
    json.writeStringField("table", table.name());
    json.writeStringField("kind", table.isView() ? "materialized_view" : "table");
    json.writeStringField("comment", table.comment());
    json.writeNumberField("default_time_to_live", table.defaultTimeToLive());
    json.writeArrayFieldStart("columns");
    for (Column column : table.columns()) {
      json.writeStartObject();
      json.writeStringField("column", column.name());
      json.writeStringField("type", column.type().cql());
      json.writeStringField("kind", column.kind().name().toLowerCase(Locale.ROOT));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("primary_key");
    names("partition_key", Column.names(table.partitionKey()), json);
    names("clustering", Column.names(table.clusteringColumns()), json);
    json.writeEndObject();
    clusteringOrder(table, json);
    indexes(table, json);
    json.writeArrayFieldStart("permissions");
    for (Verb verb : permitted.may()) {
      json.writeString(verb.symbol());
    }
    json.writeEndArray();
    json.writeObjectFieldStart("links");
    json.writeStringField("rows", keyspace + "/" + table.name());
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void names(String member, List<String> names, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(member);
    for (String name : names) {
      json.writeString(name);
    }
    json.writeEndArray();
  }

  private static void clusteringOrder(Table table, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("clustering_order");
    for (Column column : table.clusteringColumns()) {
      json.writeStringField(column.name(), column.descending() ? "desc" : "asc");
    }
    json.writeEndObject();
  }

  private static void indexes(Table table, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("indexes");
    for (IndexDefinition index : table.indexes()) {
      json.writeStartObject();
      json.writeStringField("index", index.name());
      json.writeStringField("target", index.target());
      json.writeStringField("class", index.className());
      names("operators", operators(table, index), json);
      names("functions", functions(table, index), json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** None of an index on several columns, of which nobody knows what it serves. */
  private static List<String> operators(Table table, IndexDefinition index) {
    return table.columnIndexes().stream()
        .filter(onColumn -> onColumn.definition().equals(index))
        .flatMap(onColumn -> IndexRules.served(onColumn).stream())
        .toList();
  }

  private static List<String> functions(Table table, IndexDefinition index) {
    return table.columns().stream()
        .flatMap(column -> table.indexRules(column.name()).stream())
        .filter(rule -> rule.index().equals(index.name()))
        .flatMap(rule -> rule.function().stream())
        .toList();
  }

  private static void type(UserDefinedType type, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", type.getName().asInternal());
    json.writeArrayFieldStart("fields");
    for (int i = 0; i < type.getFieldNames().size(); i++) {
      json.writeStartObject();
      json.writeStringField("field", type.getFieldNames().get(i).asInternal());
      json.writeStringField("type", type.getFieldTypes().get(i).asCql(true, true));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
