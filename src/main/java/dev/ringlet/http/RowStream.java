package dev.ringlet.http;

import dev.ringlet.admission.Call;
import dev.ringlet.encode.Gzip;
import dev.ringlet.openapi.Rendered;
import io.smallrye.mutiny.Multi;

/** Rows on their way to the client, pulled chunk by chunk as the socket takes them. */
record RowStream(Multi<byte[]> chunks) {

  /** Rows, or what became of them, whose bytes are counted before they may be compressed. */
  static RowStream of(Call call, Multi<byte[]> rows) {
    return new RowStream(rows.invoke(chunk -> call.exchange().streamed(chunk.length)));
  }

  /** A document that is kept compressed, as it was before. */
  static RowStream of(Rendered document) {
    return new RowStream(Multi.createFrom().deferred(() -> closed(document.pieces())));
  }

  static Multi<byte[]> closed(Rendered.Pieces pieces) {
    return Multi.createFrom().iterable(pieces).onTermination().invoke(pieces::close);
  }

  /** The same, compressed. */
  RowStream gzipped() {
    return new RowStream(Multi.createFrom().deferred(() -> through(new Gzip())));
  }

  Multi<byte[]> through(Gzip gzip) {
    Multi<byte[]> end = Multi.createFrom().item(gzip::finish);
    return Multi.createBy()
        .concatenating()
        .streams(chunks.map(gzip::compress), end)
        .onTermination()
        .invoke(gzip::close);
  }
}
