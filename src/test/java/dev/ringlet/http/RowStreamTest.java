package dev.ringlet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringlet.encode.Gzip;
import dev.ringlet.openapi.Format;
import dev.ringlet.openapi.Rendered;
import io.smallrye.mutiny.Multi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a stream has of memory outside the heap goes when it ends. */
class RowStreamTest {
  private static final byte[] ROW = "{\"k\":1}\n".getBytes(StandardCharsets.US_ASCII);

  /** What comes after a first row. */
  static Stream<Multi<byte[]>> ends() {
    return Stream.of(
        Multi.createFrom().empty(),
        Multi.createFrom().failure(new IOException("broken off")),
        Multi.createFrom().nothing());
  }

  @ParameterizedTest
  @MethodSource("ends")
  void nothingIsCompressedOnceAStreamHasEnded(Multi<byte[]> end) {
    Gzip gzip = new Gzip();
    RowStream rows =
        new RowStream(Multi.createBy().concatenating().streams(Multi.createFrom().item(ROW), end));
    List<byte[]> sent = new ArrayList<>();
    rows.through(gzip).subscribe().with(sent::add, failure -> {}).cancel();
    assertFalse(sent.isEmpty());
    assertThrows(UncheckedIOException.class, () -> gzip.compress(ROW));
  }

  @Test
  void nothingIsInflatedOnceItsClientIsGone() {
    byte[] document = new byte[200_000];
    Arrays.fill(document, (byte) ' ');
    Rendered.Pieces pieces = new Rendered(Format.JSON, Gzip.all(document), "").pieces();
    List<byte[]> sent = new ArrayList<>();
    RowStream.closed(pieces).select().first().subscribe().with(sent::add);
    assertEquals(1, sent.size());
    assertThrows(UncheckedIOException.class, () -> pieces.iterator().next());
  }
}
