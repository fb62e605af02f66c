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
import java.util.function.LongConsumer;

/** What {@code explain=true} shows: the statements that would be sent. */
public final class ExplanationEncoder {
  private ExplanationEncoder() {}

  /**
   * @param room is asked for more as it grows
   */
  public static byte[] of(ReadPlan plan, String consistency, LongConsumer room) {
    return JsonBytes.write(
        plan.bytes(),
        room,
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
    levels(consistency, serial, json);
    json.writeBooleanField("idempotent", plan.idempotent());
    ttl(plan, json);
    timestamp(plan.timestamp(), json);
  }

  /**
   * Levels and timestamp are of all of it, a TTL is of a statement.
   *
   * @param serial as of {@link #write}
   * @param room is asked for more as it grows
   */
  public static byte[] of(
      BatchPlan batch, String consistency, Optional<String> serial, LongConsumer room) {
    return JsonBytes.write(
        batch.bytes(),
        room,
        json -> {
          json.writeStartObject();
          json.writeStringField("batch", batch.kind().name());
          json.writeArrayFieldStart("statements");
          for (BatchStep step : batch.steps()) {
            json.writeStartObject();
            json.writeNumberField("index", step.index());
            statement(step.plan(), json);
            ttl(step.plan(), json);
            json.writeEndObject();
          }
          json.writeEndArray();
          levels(consistency, serial, json);
          json.writeBooleanField("idempotent", batch.idempotent());
          timestamp(batch.timestamp(), json);
          json.writeEndObject();
        });
  }

  private static void levels(String consistency, Optional<String> serial, JsonGenerator json)
      throws IOException {
    json.writeStringField("consistency", consistency);
    if (serial.isPresent()) {
      json.writeStringField("serial_consistency", serial.get());
    }
  }

  private static void ttl(WritePlan plan, JsonGenerator json) throws IOException {
    if (plan.ttl().isPresent()) {
      json.writeNumberField("ttl", plan.ttl().get());
    }
  }

  private static void timestamp(Optional<Long> micros, JsonGenerator json) throws IOException {
    if (micros.isPresent()) {
      json.writeStringField("timestamp", micros.get().toString());
    }
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
