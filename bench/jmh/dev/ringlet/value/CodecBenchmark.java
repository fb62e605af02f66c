package dev.ringlet.value;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A value out and in, by type. What a parser or generator costs is in each figure. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {
  private record Sample(DataType type, String json) {}

  private static final Map<String, Sample> SAMPLES =
      Map.ofEntries(
          Map.entry("text", new Sample(DataTypes.TEXT, "\"thing number 42 of shelf 7\"")),
          Map.entry("boolean", new Sample(DataTypes.BOOLEAN, "true")),
          Map.entry("int", new Sample(DataTypes.INT, "1234567")),
          Map.entry("bigint", new Sample(DataTypes.BIGINT, "\"1234567890123456789\"")),
          Map.entry("varint", new Sample(DataTypes.VARINT, "\"123456789012345678901234567890\"")),
          Map.entry("decimal", new Sample(DataTypes.DECIMAL, "\"-1234567.89\"")),
          Map.entry("float", new Sample(DataTypes.FLOAT, "3.14159")),
          Map.entry("double", new Sample(DataTypes.DOUBLE, "2.718281828459045")),
          Map.entry("blob", new Sample(DataTypes.BLOB, "\"AAECAwQFBgcICQoLDA0ODw==\"")),
          Map.entry("uuid", new Sample(DataTypes.UUID, "\"5b6962dd-3f90-4c93-8f61-eabfa4a803e2\"")),
          Map.entry("timestamp", new Sample(DataTypes.TIMESTAMP, "\"2026-11-22T06:00:00.000Z\"")),
          Map.entry("date", new Sample(DataTypes.DATE, "\"2026-11-22\"")),
          Map.entry("time", new Sample(DataTypes.TIME, "\"10:00:00.000000000\"")),
          Map.entry("duration", new Sample(DataTypes.DURATION, "\"1mo2d3h\"")),
          Map.entry("inet", new Sample(DataTypes.INET, "\"192.168.1.17\"")),
          Map.entry(
              "list", new Sample(DataTypes.listOf(DataTypes.TEXT), "[\"one\",\"two\",\"three\"]")),
          Map.entry(
              "map",
              new Sample(DataTypes.mapOf(DataTypes.TEXT, DataTypes.INT), "{\"one\":1,\"two\":2}")),
          Map.entry(
              "vector",
              new Sample(DataTypes.vectorOf(DataTypes.FLOAT, 4), "[0.5,0.25,0.125,1.0]")));

  @Param({
    "text",
    "boolean",
    "int",
    "bigint",
    "varint",
    "decimal",
    "float",
    "double",
    "blob",
    "uuid",
    "timestamp",
    "date",
    "time",
    "duration",
    "inet",
    "list",
    "map",
    "vector"
  })
  public String type;

  private final JsonFactory factory = new JsonFactory();
  private Codec codec;
  private byte[] json;
  private ByteBuffer value;

  @Setup
  public void prepare() throws IOException {
    Sample sample = SAMPLES.get(type);
    codec = Codecs.of(sample.type());
    json = sample.json().getBytes(StandardCharsets.UTF_8);
    value = read();
  }

  @Benchmark
  public byte[] write() throws IOException {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(factory._getBufferRecycler())) {
      try (JsonGenerator generator = factory.createGenerator(bytes)) {
        codec.writeNullable(value, generator, NumberForm.STRING);
      }
      return bytes.getClearAndRelease();
    }
  }

  @Benchmark
  public ByteBuffer read() throws IOException {
    try (JsonParser parser = factory.createParser(json)) {
      parser.nextToken();
      return codec.read(parser);
    }
  }
}
