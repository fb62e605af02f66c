package dev.ringlet.encode;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringlet.plan.BatchPlan;
import dev.ringlet.plan.BatchStep;
import dev.ringlet.plan.Plan;
import dev.ringlet.plan.ReadPlan;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.row.Value;
import dev.ringlet.value.Codecs;
import dev.ringlet.value.NumberForm;
import java.io.IOException;
import java.util.Optional;

/** What {@code explain=true} shows: the statements that would be sent. */
public final class ExplanationEncoder {
  private ExplanationEncoder() {}

  public static byte[] of(ReadPlan plan, String consistency) {
    return JsonBytes.write(
        plan.bytes(),
        json -> {
          json.writeStartObject();
          statement(plan, json);
          json.writeStringField("consistency", consistency);
          json.writeNumberField("page_size", plan.paging().size());
          json.writeBooleanField("idempotent", true);
          json.writeStringField("rule", plan.rule().name());
          json.writeEndObject();
        });
  }

  /**
   * The members of an object.
   *
   * @param serial the level of a condition
   */
  public static void write(
      WritePlan plan, String consistency, Optional<String> serial, JsonGenerator json)
      throws IOException {
    statement(plan, json);
    json.writeStringField("consistency", consistency);
    if (serial.isPresent()) {
      json.writeStringField("serial_consistency", serial.get());
    }
    json.writeBooleanField("idempotent", plan.idempotent());
    if (plan.ttl().isPresent()) {
      json.writeNumberField("ttl", plan.ttl().get());
    }
    if (plan.timestamp().isPresent()) {
      json.writeStringField("timestamp", plan.timestamp().get().toString());
    }
  }

  public static byte[] of(BatchPlan batch, String consistency) {
    return JsonBytes.write(
        batch.bytes(),
        json -> {
          json.writeStartObject();
          json.writeStringField("batch", batch.kind().name());
          json.writeArrayFieldStart("statements");
          for (BatchStep step : batch.steps()) {
            json.writeStartObject();
            json.writeNumberField("index", step.index());
            statement(step.plan(), json);
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeStringField("consistency", consistency);
          json.writeBooleanField("idempotent", batch.idempotent());
          json.writeEndObject();
        });
  }

  private static void statement(Plan plan, JsonGenerator json) throws IOException {
    json.writeStringField("cql", plan.cql());
    json.writeArrayFieldStart("values");
    for (Value value : plan.values()) {
      json.writeStartObject();
      json.writeStringField("name", value.name());
      json.writeStringField("cql_type", value.type().cql());
      value(value, json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Its value; or that it has none, since its column stays, or none yet. */
  private static void value(Value value, JsonGenerator json) throws IOException {
    if (value.isSet()) {
      json.writeFieldName("value");
      Codecs.of(value.type()).writeNullable(value.bytes(), json, NumberForm.STRING);
    } else {
      json.writeBooleanField(value.isExpected() ? "read_first" : "unset", true);
    }
  }
}
