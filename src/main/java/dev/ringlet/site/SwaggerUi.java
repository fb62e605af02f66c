package dev.ringlet.site;

import static java.util.Map.entry;

import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;

/** Swagger UI on the OpenAPI documents, beside the explorer. */
@Singleton
final class SwaggerUi {
  static final String PATH = "/docs";

  private static final Map<String, String> FILES =
      Map.ofEntries(
          entry(PATH, "site/docs/index.html"),
          entry(PATH + "/page.js", "site/docs/page.js"),
          entry(PATH + "/style.css", "site/docs/style.css"),
          entry(PATH + "/swagger-ui.css", "site/docs/swagger-ui.css.gz"),
          entry(PATH + "/swagger-ui-bundle.js", "site/docs/swagger-ui-bundle.js.gz"));

  /** It sets one attribute with a style, of this digest, and its style sheet has images inside. */
  private static final String POLICY =
      Explorer.policy(
          "'self' 'unsafe-hashes' 'sha256-8f935d27GvUutRyY9yWScUMiFUk4WTdZURISiYfPOeQ='",
          "'self' data:");

  private final Explorer explorer;

  SwaggerUi(Explorer explorer) {
    this.explorer = explorer;
  }

  void register(@Observes Filters filters) {
    if (explorer.isOn()) {
      filters.register(new Site(FILES, POLICY)::answer, Site.BEFORE_AUTHENTICATION);
    }
  }
}
