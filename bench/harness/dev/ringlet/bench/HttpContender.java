package dev.ringlet.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A server that was started, and asked over HTTP. */
final class HttpContender implements Contender, AutoCloseable {
  private final Server server;
  private final int cassandraPort;
  private final List<String> jvmOptions;
  private Server.Started started;

  /** Starts the process, without waiting. */
  HttpContender(Server server, int cassandraPort, List<String> jvmOptions) throws IOException {
    this.server = server;
    this.cassandraPort = cassandraPort;
    this.jvmOptions = jvmOptions;
    this.started = server.start(cassandraPort, jvmOptions);
  }

  /** Starts a server and waits until it has answered with a row. */
  static HttpContender start(Server server, int cassandraPort, List<String> jvmOptions)
      throws IOException {
    HttpContender contender = new HttpContender(server, cassandraPort, jvmOptions);
    contender.awaitListening();
    contender.awaitRow();
    return contender;
  }

  void awaitListening() throws IOException {
    server.awaitListening(started);
  }

  /** How long ago its process was started, in milliseconds. */
  double age() {
    return (System.nanoTime() - started.since()) / 1e6;
  }

  void awaitRow() throws IOException {
    URI row = uri(server.items() + "/" + Rows.shelf(0) + "/0");
    while (status(row) != 200) {
      if (System.nanoTime() - started.since() > 60_000_000_000L) {
        throw new IOException(server.name() + " has no row at " + row);
      }
      Server.pause(20); // asking takes time of the same processors
    }
  }

  private int status(URI row) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) row.toURL().openConnection();
    server.tokens().stream()
        .limit(1)
        .forEach(token -> connection.setRequestProperty("Authorization", "Bearer " + token));
    return connection.getResponseCode();
  }

  @Override
  public String name() {
    return server.name();
  }

  @Override
  public Proc process() {
    return new Proc(started.process().pid());
  }

  @Override
  public boolean does(Operation operation) {
    return operation == Operation.GET || (!name().equals(CONSTANT) && server.tokens().isEmpty());
  }

  @Override
  public Measured load(Operation operation, int connections, double rate, long nanos)
      throws IOException {
    try (HttpLoad load = new HttpLoad(started.port(), server.requests(operation), connections)) {
      if (rate > 0
          && operation != Operation.POST_1000) { // which would take longer than what counts
        load.warmUp();
      }
      return load.run(rate, nanos);
    } catch (IOException e) {
      System.err.printf(
          "%s ended during %s with %d connections%n", name(), operation.option, connections);
      restart();
      return Measured.NOTHING;
    }
  }

  /** Asks for rows of a table that there is not, one after the other. */
  Measured refused(long nanos) throws IOException {
    ByteBuffer[] requests =
        Operation.GET.requests(server.items() + "_of_nobody", server.many(), server.tokens());
    try (HttpLoad load = new HttpLoad(started.port(), requests, 1)) {
      return load.run(0, nanos);
    }
  }

  /** And warms it up, for what is measured after this. */
  private void restart() throws IOException {
    started.process().destroyForcibly().onExit().join();
    started = server.start(cassandraPort, jvmOptions);
    awaitListening();
    awaitRow();
    for (Operation often : List.of(Operation.GET, Operation.PUT)) {
      try (HttpLoad load = new HttpLoad(started.port(), server.requests(often), 32)) {
        load.run(0, 4_000_000_000L);
      }
    }
  }

  @Override
  public long export(String table) throws IOException {
    HttpURLConnection connection = open("/v1/bench/" + table + "?scan=true");
    connection.setRequestProperty("Accept", "application/x-ndjson");
    byte[] buffer = new byte[1 << 16];
    long rows = 0;
    try (InputStream lines = connection.getInputStream()) {
      int read;
      while ((read = lines.read(buffer)) >= 0) {
        for (int i = 0; i < read; i++) {
          rows += buffer[i] == '\n' ? 1 : 0;
        }
      }
    }
    return rows;
  }

  @Override
  public long ingest(String table, int rows) throws IOException {
    HttpURLConnection connection = open("/v1/bench/" + table);
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/x-ndjson");
    connection.setChunkedStreamingMode(1 << 16);
    try (OutputStream body = new BufferedOutputStream(connection.getOutputStream(), 1 << 16)) {
      for (int row = 0; row < rows; row++) {
        body.write((Rows.json(row) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    try (InputStream answer = connection.getInputStream()) {
      String outcome = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
      if (!outcome.equals("{\"written\":%d,\"failed\":0}\n".formatted(rows))) {
        throw new IOException(outcome.substring(0, Math.min(1000, outcome.length())));
      }
    }
    return rows;
  }

  private HttpURLConnection open(String path) throws IOException {
    return (HttpURLConnection) uri(path).toURL().openConnection();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + started.port() + path);
  }

  @Override
  public void close() {
    started.process().destroyForcibly();
  }
}
