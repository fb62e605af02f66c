package dev.ringlet.encode;

import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringlet.access.PermittedKeyspace;
import dev.ringlet.access.PermittedTable;
import dev.ringlet.access.Verb;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.IndexDefinition;
import dev.ringlet.schema.Table;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The description of keyspaces and tables; its words are those of Cassandra's system_schema. */
public final class SchemaEncoder {
  private SchemaEncoder() {}

  public static byte[] keyspaces(List<String> keyspaces) {
    return JsonBytes.write(
        json -> {
          json.writeStartObject();
          json.writeFieldName("keyspaces");
          json.writeStartArray();
          for (String keyspace : keyspaces) {
            json.writeString(keyspace);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  public static byte[] keyspace(PermittedKeyspace keyspace) {
    return JsonBytes.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("keyspace", keyspace.name());
          json.writeArrayFieldStart("tables");
          for (PermittedTable table : keyspace.tables()) {
            table(table, json);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("types");
          for (UserDefinedType type : keyspace.types()) {
            type(type, json);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void table(PermittedTable permitted, JsonGenerator json) throws IOException {
    Table table = permitted.table();
    json.writeStartObject();
    json.writeStringField("table", table.name());
    json.writeStringField("kind", table.isView() ? "materialized_view" : "table");
    json.writeStringField("comment", table.comment());
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
    names("partition_key", table.partitionKey(), json);
    names("clustering", table.clusteringColumns(), json);
    json.writeEndObject();
    clusteringOrder(table, json);
    indexes(table, json);
    json.writeArrayFieldStart("permissions");
    for (Verb verb : permitted.may()) {
      json.writeString(verb.symbol());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void names(String member, List<Column> columns, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(member);
    for (Column column : columns) {
      json.writeString(column.name());
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
      json.writeEndObject();
    }
    json.writeEndArray();
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
