package dev.ringlet.session;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.netty.channel.DefaultEventLoopGroup;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.local.LocalChannel;
import io.netty.util.concurrent.Promise;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DriverLoopsTest {
  private final EventLoopGroup http = new DefaultEventLoopGroup(1);
  private final EventLoop loop = http.next();
  private final DriverLoops driver = new DriverLoops(http, 1 << 20, 1 << 20);

  @AfterEach
  void end() {
    boolean unused = driver.shutdownGracefully(0, 0, TimeUnit.SECONDS).isDone();
    unused = http.shutdownGracefully(0, 0, TimeUnit.SECONDS).isDone();
  }

  @Test
  void aConnectionIsOfTheLoopThatHasTheClients() throws InterruptedException {
    LocalChannel connection = new LocalChannel();
    driver.register(connection).sync();
    assertSame(loop, connection.eventLoop());
    connection.close().sync();
  }

  @Test
  void nothingElseIsSoItCannotWaitForItself() {
    for (int i = 0; i < 8; i++) {
      assertNotSame(loop, driver.next());
    }
  }

  @Test
  void toEachSessionTheyEndWhenItDoes() {
    Promise<Void> first = driver.newSession();
    assertSame(first, driver.terminationFuture());
    Promise<Void> second = driver.newSession();
    assertSame(second, driver.terminationFuture());
    assertNotSame(first, second);
  }
}
