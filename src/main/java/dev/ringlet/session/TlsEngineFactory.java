package dev.ringlet.session;

import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.metadata.EndPoint;
import com.datastax.oss.driver.api.core.ssl.SslEngineFactory;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLEngine;

/** The way of the driver, which makes one by the name of its class, to {@link Tls}. */
@RegisterForReflection
public final class TlsEngineFactory implements SslEngineFactory {
  private final Tls tls = Arc.container().instance(Tls.class).get();

  public TlsEngineFactory(DriverContext context) {}

  @Override
  public SSLEngine newSslEngine(EndPoint node) {
    return tls.engine((InetSocketAddress) node.resolve());
  }

  @Override
  public void close() {}
}
