package dev.ringlet.encode;

import dev.ringlet.plan.ReadPlan;
import dev.ringlet.row.Value;
import dev.ringlet.value.Codecs;
import dev.ringlet.value.NumberForm;

/** What {@code explain=true} shows of a read. */
public final class ExplanationEncoder {
  private ExplanationEncoder() {}

  public static byte[] of(ReadPlan plan, String consistency) {
    return JsonBytes.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("cql", plan.cql());
          json.writeArrayFieldStart("values");
          for (Value value : plan.values()) {
            json.writeStartObject();
            json.writeStringField("name", value.name());
            json.writeStringField("cql_type", value.type().cql());
            json.writeFieldName("value");
            Codecs.of(value.type()).writeNullable(value.bytes(), json, NumberForm.STRING);
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeStringField("consistency", consistency);
          json.writeNumberField("page_size", plan.paging().size());
          json.writeBooleanField("idempotent", true);
          json.writeStringField("rule", plan.rule().name());
          json.writeEndObject();
        });
  }
}
