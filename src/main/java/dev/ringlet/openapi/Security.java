package dev.ringlet.openapi;

import static dev.ringlet.openapi.Trees.array;
import static dev.ringlet.openapi.Trees.object;
import static dev.ringlet.openapi.Trees.type;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringlet.config.Credentials;
import dev.ringlet.config.Headers;

/** The kinds of credentials, as they are set. */
final class Security {
  private Security() {}

  static ObjectNode schemes(Credentials credentials) {
    ObjectNode schemes = object();
    if (credentials.tokens()) {
      schemes.set("token", type("http").put("scheme", "bearer").put("bearerFormat", "JWT"));
    }
    if (credentials.keys()) {
      schemes.set("apiKey", type("apiKey").put("in", "header").put("name", Headers.API_KEY));
    }
    if (credentials.certificates()) {
      schemes.set("certificate", type("mutualTLS"));
    }
    return schemes;
  }

  /** One of these is enough; nothing is one of them where callers may come without. */
  static ArrayNode alternatives(Credentials credentials) {
    ArrayNode alternatives = array();
    if (credentials.none()) {
      alternatives.add(object());
    }
    schemes(credentials)
        .fieldNames()
        .forEachRemaining(
            name -> {
              ObjectNode alternative = object();
              alternative.putArray(name);
              alternatives.add(alternative);
            });
    return alternatives;
  }
}
