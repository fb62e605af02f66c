package dev.ringlet.http;

import dev.ringlet.encode.Gzip;
import io.smallrye.mutiny.Multi;

/** Rows on their way to the client, pulled chunk by chunk as the socket takes them. */
record RowStream(Multi<byte[]> chunks) {

  /** The same, compressed. */
  RowStream gzipped() {
    Gzip gzip = new Gzip();
    Multi<byte[]> end = Multi.createFrom().item(gzip::finish);
    return new RowStream(Multi.createBy().concatenating().streams(chunks.map(gzip::compress), end));
  }
}
