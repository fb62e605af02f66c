package dev.ringlet.encode;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.schema.ClusteringOrder;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.IndexMetadata;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.fasterxml.jackson.core.JsonGenerator;
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

  public static byte[] keyspace(String keyspace, List<Table> tables, List<UserDefinedType> types) {
    return JsonBytes.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("keyspace", keyspace);
          json.writeArrayFieldStart("tables");
          for (Table table : tables) {
            table(table, json);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("types");
          for (UserDefinedType type : types) {
            type(type, json);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void table(Table table, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("table", table.name());
    json.writeStringField("kind", table.isView() ? "materialized_view" : "table");
    Object comment = table.metadata().getOptions().get(CqlIdentifier.fromInternal("comment"));
    json.writeStringField("comment", comment == null ? "" : comment.toString());
    json.writeArrayFieldStart("columns");
    for (ColumnMetadata column : table.columns()) {
      json.writeStartObject();
      json.writeStringField("column", column.getName().asInternal());
      json.writeStringField("type", column.getType().asCql(true, true));
      json.writeStringField("kind", kind(table, column));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("primary_key");
    names("partition_key", table.partitionKey(), json);
    names("clustering", List.copyOf(table.clusteringColumns().keySet()), json);
    json.writeEndObject();
    clusteringOrder(table, json);
    indexes(table, json);
    json.writeEndObject();
  }

  private static String kind(Table table, ColumnMetadata column) {
    if (table.partitionKey().contains(column)) {
      return "partition_key";
    } else if (table.clusteringColumns().containsKey(column)) {
      return "clustering";
    }
    return column.isStatic() ? "static" : "regular";
  }

  private static void names(String member, List<ColumnMetadata> columns, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(member);
    for (ColumnMetadata column : columns) {
      json.writeString(column.getName().asInternal());
    }
    json.writeEndArray();
  }

  private static void clusteringOrder(Table table, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("clustering_order");
    for (var column : table.clusteringColumns().entrySet()) {
      ClusteringOrder order = column.getValue();
      json.writeStringField(
          column.getKey().getName().asInternal(), order.name().toLowerCase(Locale.ROOT));
    }
    json.writeEndObject();
  }

  private static void indexes(Table table, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("indexes");
    for (IndexMetadata index : table.indexes()) {
      json.writeStartObject();
      json.writeStringField("index", index.getName().asInternal());
      json.writeStringField("target", index.getTarget());
      json.writeStringField(
          "class", index.getClassName().orElse(index.getKind().name().toLowerCase(Locale.ROOT)));
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
