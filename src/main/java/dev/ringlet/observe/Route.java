package dev.ringlet.observe;

/**
 * What a path names, whatever it is called: the only form in which paths are measured and logged.
 */
enum Route {
  KEYSPACES("/v1"),
  KEYSPACE("/v1/{keyspace}"),
  TABLE("/v1/{keyspace}/{table}"),
  KEY("/v1/{keyspace}/{table}/{key}"),
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

  String template() {
    return template;
  }
}
