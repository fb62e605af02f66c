package dev.ringlet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** bench/profile: where a contender spends its time under one operation, as a flame graph. */
final class Profile {
  private static final int CONNECTIONS = 32;

  /** A request is deeper in the stack than the 64 frames that are kept by default. */
  private static final List<String> DEEP = List.of("-XX:FlightRecorderOptions=stackdepth=256");

  private Profile() {}

  public static void main(String[] args) throws Exception {
    Options options = Options.parse(args);
    Operation operation =
        List.of(Operation.values()).stream()
            .filter(one -> options.only().isEmpty() || options.only().contains(one.option))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("only single requests are profiled"));
    Server server =
        Server.all().stream()
            .filter(one -> one.name().equals(options.contender()))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no " + options.contender()));
    Contender contender = new Stage().start(server.with(Stage.ROOM), DEEP);
    contender.load(operation, CONNECTIONS, 0, options.nanos(15_000));
    Path recording = Path.of("bench/target/profile.jfr").toAbsolutePath();
    long pid = contender.process().pid();
    jcmd(pid, "JFR.start", "name=bench", "settings=profile");
    Measured measured = contender.load(operation, CONNECTIONS, 0, options.nanos(20_000));
    jcmd(pid, "JFR.stop", "name=bench", "filename=" + recording);
    Path graph =
        Path.of(
            "bench/target/profile-%s-%s.svg"
                .formatted(server.name().replace(' ', '-'), operation.option));
    String title = "%s: %s, %d requests".formatted(server.name(), operation.title, measured.good());
    Files.writeString(graph, new FlameGraph(recording).svg(title));
    System.out.println(graph);
    System.exit(0);
  }

  private static void jcmd(long pid, String... command) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    line.add(Long.toString(pid));
    line.addAll(List.of(command));
    Process jcmd = new ProcessBuilder(line).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    if (jcmd.waitFor() != 0) {
      throw new IOException(String.join(" ", line) + " failed");
    }
  }
}
