package dev.ringlet.local;

import com.datastax.oss.simulacron.server.Server;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A server of nodes that only speak the native protocol, each on a free port of its own. */
public final class FakeServer {
  private FakeServer() {}

  public static Server start() {
    return Server.builder()
        .withMultipleNodesPerIp(true)
        .withAddressResolver(
            () -> new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.find()))
        .build();
  }
}
