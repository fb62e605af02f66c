package dev.ringlet.bench;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The contender without HTTP: the driver in a loop, in a process of its own that does what it reads
 * from standard input and answers a line each.
 */
final class BareDriver {
  /** What its answers start with, so that nothing else that is printed is taken for one. */
  static final String ANSWER = "= ";

  private BareDriver() {}

  public static void main(String[] args) throws Exception {
    try (CqlSession session = session(Integer.parseInt(args[0]));
        BufferedReader commands =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.println(ANSWER + "ready");
      String command;
      while ((command = commands.readLine()) != null) {
        System.out.println(ANSWER + answer(session, command.split(" ", -1)));
      }
    }
  }

  private static String answer(CqlSession session, String[] command) throws Exception {
    return switch (command[0]) {
      case "execute" -> {
        session.execute(String.join(" ", command).substring("execute ".length()));
        yield "done";
      }
      case "load" -> {
        DriverLoad load = new DriverLoad(session, Operation.valueOf(command[1]));
        int concurrency = Integer.parseInt(command[2]);
        yield load.run(concurrency, Double.parseDouble(command[3]), Long.parseLong(command[4]))
            .line();
      }
      case "export" -> Long.toString(DriverBulk.export(session, command[1]));
      case "ingest" ->
          Long.toString(DriverBulk.ingest(session, command[1], Integer.parseInt(command[2])));
      default -> throw new IllegalArgumentException(command[0]);
    };
  }

  /** With the settings that the other contenders have. */
  private static CqlSession session(int port) {
    return CqlSession.builder()
        .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .withLocalDatacenter("datacenter1")
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withInt(DefaultDriverOption.NETTY_IO_SIZE, 4)
                .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM")
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(5))
                .withInt(DefaultDriverOption.REQUEST_PAGE_SIZE, 1000)
                // as application.conf of the contenders with one statement a row has it
                .withInt(DefaultDriverOption.CONNECTION_MAX_REQUESTS, 32768)
                .build())
        .build();
  }
}
