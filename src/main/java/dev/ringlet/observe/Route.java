package dev.ringlet.observe;

import dev.ringlet.config.ApiPath;

/**
 * What a path names, whatever it is called: the only form in which paths are measured and logged.
 */
enum Route {
  KEYSPACES(ApiPath.ROOT),
  KEYSPACE(ApiPath.KEYSPACE),
  TABLE(ApiPath.TABLE),
  KEY(ApiPath.KEY),
  OPENAPI(ApiPath.ROOT + "/" + ApiPath.OPENAPI),
  KEYSPACE_OPENAPI(ApiPath.KEYSPACE + "/" + ApiPath.OPENAPI),
  OTHER("other");

  private final String template;

  Route(String template) {
    this.template = template;
  }

  /**
   * @param segments those below /v1
   */
  static Route of(int segments) {
    return switch (segments) {
      case 0 -> KEYSPACES;
      case 1 -> KEYSPACE;
      case 2 -> TABLE;
      default -> KEY;
    };
  }

  /** Of an OpenAPI document. */
  static Route ofOpenApi(int segments) {
    return segments == 1 ? OPENAPI : KEYSPACE_OPENAPI;
  }

  String template() {
    return template;
  }
}
