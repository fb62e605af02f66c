package dev.ringlet.encode;

import com.datastax.oss.driver.api.core.DefaultProtocolVersion;
import com.datastax.oss.driver.api.core.cql.ColumnDefinition;
import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.detach.AttachmentPoint;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import com.datastax.oss.driver.internal.core.cql.DefaultColumnDefinition;
import com.datastax.oss.driver.internal.core.cql.DefaultColumnDefinitions;
import com.datastax.oss.driver.internal.core.cql.DefaultRow;
import com.datastax.oss.protocol.internal.response.result.ColumnSpec;
import com.datastax.oss.protocol.internal.response.result.RawType;
import dev.ringlet.cql.Page;
import dev.ringlet.plan.Projection;
import dev.ringlet.value.NumberForm;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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

/** A page as it came from Cassandra, to JSON and NDJSON: rows as those of bench/run. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RowEncoderBenchmark {
  @Param({"1", "100"})
  public int rows;

  private final List<ColumnDefinition> columns = new ArrayList<>();
  private final List<ByteBuffer> bytes = new ArrayList<>();
  private Page page;

  @Setup
  public void prepare() {
    add("shelf", DataTypes.TEXT, "shelf-00042");
    add("number", DataTypes.INT, 42);
    add("added", DataTypes.TIMESTAMP, Instant.EPOCH);
    add("amount", DataTypes.INT, 7);
    add("id", DataTypes.UUID, new UUID(1, 2));
    add("name", DataTypes.TEXT, "thing number 4242");
    add("price", DataTypes.DOUBLE, 9.5);
    ColumnDefinitions definitions = DefaultColumnDefinitions.valueOf(columns);
    Row row = new DefaultRow(definitions, bytes);
    page =
        new Page(
            definitions,
            Projection.all(""),
            Collections.nCopies(rows, row),
            rows,
            0,
            Optional.empty());
  }

  @Benchmark
  public byte[] json() {
    return RowEncoder.rows(page, NumberForm.STRING);
  }

  @Benchmark
  public byte[] lines() {
    return RowEncoder.lines(page, NumberForm.STRING);
  }

  private void add(String name, DataType type, Object value) {
    RawType raw = RawType.PRIMITIVES.get(type.getProtocolCode());
    columns.add(
        new DefaultColumnDefinition(
            new ColumnSpec("bench", "items", name, columns.size(), raw), AttachmentPoint.NONE));
    bytes.add(
        CodecRegistry.DEFAULT.<Object>codecFor(type).encode(value, DefaultProtocolVersion.V5));
  }
}
