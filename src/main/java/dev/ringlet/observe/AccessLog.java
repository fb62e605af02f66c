package dev.ringlet.observe;

import io.vertx.core.http.HttpServerRequest;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/**
 * One line a request. Its fields are in the record's MDC, which the JSON formatter writes as they
 * are. There is no path in it, no query and no value: the route and the statement's digest say what
 * it was.
 */
final class AccessLog {
  private static final Logger LOG = Logger.getLogger("dev.ringlet.access");

  private AccessLog() {}

  /**
   * @param whole whether the client has got all of the answer
   */
  static void write(HttpServerRequest http, Exchange exchange, boolean whole) {
    String method = Methods.known(http.method().name());
    int status = http.response().getStatusCode();
    String millis = exchange.elapsed();
    String route = exchange.route().template();
    ExtLogRecord line =
        new ExtLogRecord(
            Level.INFO,
            "%s %s %d %s ms%s"
                .formatted(method, route, status, millis, whole ? "" : ", broken off"),
            ExtLogRecord.FormatStyle.NO_FORMAT,
            AccessLog.class.getName());
    line.setLoggerName(LOG.getName());
    line.putMdc("request_id", exchange.id());
    line.putMdc("identity", exchange.identity());
    line.putMdc("method", method);
    line.putMdc("route", route);
    line.putMdc("table", exchange.table());
    line.putMdc("status", Integer.toString(status));
    line.putMdc("statement", exchange.statement());
    line.putMdc("consistency", exchange.consistency());
    line.putMdc("rows", Long.toString(exchange.rows()));
    line.putMdc("bytes", Long.toString(http.response().bytesWritten()));
    line.putMdc("duration_ms", millis);
    line.putMdc("whole", Boolean.toString(whole));
    LOG.logRaw(line);
  }
}
