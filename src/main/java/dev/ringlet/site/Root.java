package dev.ringlet.site;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringlet.config.ApiPath;
import dev.ringlet.encode.JsonBytes;
import dev.ringlet.error.ApiException;
import dev.ringlet.header.Accept;
import dev.ringlet.header.RowFormat;
import dev.ringlet.protocol.ForwardedPrefix;
import dev.ringlet.protocol.ProblemAnswer;
import io.quarkus.arc.All;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * {@code GET /}: what this is, and what is where. Programs get JSON; a browser gets the page of the
 * explorer, where there is one.
 */
@Singleton
final class Root {
  static final String PATH = "/";

  private static final String HTML = "text/html";

  private final List<String> types;
  private final String version;
  private final List<SiteLink> links;

  Root(
      Explorer explorer,
      @ConfigProperty(name = "quarkus.application.version") String version,
      @All List<SiteLink> others) {
    this.types = explorer.isOn() ? List.of(RowFormat.JSON, HTML) : List.of(RowFormat.JSON);
    this.version = version;
    this.links =
        Stream.of(
                List.of(
                    new SiteLink("api", ApiPath.ROOT),
                    new SiteLink("openapi", ApiPath.ROOT + "/openapi.json")),
                explorer.isOn()
                    ? List.of(new SiteLink("docs", SwaggerUi.PATH))
                    : List.<SiteLink>of(),
                others)
            .flatMap(List::stream)
            .toList();
  }

  void register(@Observes Filters filters) {
    filters.register(this::answer, Site.BEFORE_AUTHENTICATION + 1);
  }

  private void answer(RoutingContext routing) {
    if (!routing.request().path().equals(PATH)) {
      routing.next();
      return;
    }
    try {
      Site.checkMethod(routing);
      List<String> accept = routing.request().headers().getAll(HttpHeaders.ACCEPT);
      if (Accept.choose(accept, types).equals(HTML)) {
        routing.next();
      } else {
        Site.send(routing, RowFormat.JSON, Buffer.buffer(document(routing)));
      }
    } catch (ApiException e) {
      ProblemAnswer.send(routing.response(), e);
    }
  }

  private byte[] document(RoutingContext routing) {
    String prefix = ForwardedPrefix.of(routing.request());
    return JsonBytes.write(json -> write(json, prefix));
  }

  private void write(JsonGenerator json, String prefix) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", "Ringlet");
    json.writeStringField("version", version);
    json.writeObjectFieldStart("links");
    for (SiteLink link : links) {
      json.writeStringField(link.name(), prefix + link.path());
    }
    json.writeEndObject();
    json.writeEndObject();
  }
}
