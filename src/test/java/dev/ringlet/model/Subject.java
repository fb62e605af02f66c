package dev.ringlet.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * Who asks.
 *
 * @param credentials lines of the head
 * @param status what everything they ask is answered with; 0 if they are let in
 * @param shared whether others may have the same claims, so that they should not write
 */
record Subject(Set<String> roles, JsonNode claims, String credentials, int status, boolean shared) {
  static final String KEY = "a key of these tests that has 32 bytes or more: ";

  /** Everybody who has no credentials. */
  static final Subject ANONYMOUS =
      new Subject(Set.of(Policies.PUBLIC), JsonNodeFactory.instance.objectNode(), "", 0, true);

  static final Subject ROOT =
      token(Set.of(Policies.ROOT), JsonNodeFactory.instance.objectNode().put("sub", "root"));

  /** One who has a token with these claims and, as a text or a list, the roles. */
  static Subject token(Set<String> roles, ObjectNode claims) {
    ObjectNode all = claims.deepCopy();
    if (roles.size() == 1) {
      all.put("role", roles.iterator().next());
    } else if (!roles.isEmpty()) {
      roles.forEach(all.putArray("role")::add);
    }
    return new Subject(
        roles, claims, "Authorization: Bearer " + Tokens.good(all) + "\r\n", 0, false);
  }

  /** One of the API keys, whose name is its role. */
  static Subject key(String name) {
    return new Subject(
        Set.of(name),
        JsonNodeFactory.instance.objectNode().put("sub", name),
        "X-API-Key: " + KEY + name + "\r\n",
        0,
        true);
  }

  static Subject refused(int status, String credentials) {
    return new Subject(Set.of(), JsonNodeFactory.instance.objectNode(), credentials, status, true);
  }

  /** Whether it is a token that does not say whose it is, or not in a text. */
  boolean isNobody() {
    return credentials.startsWith("Authorization: Bearer ")
        && (!claims.path("sub").isTextual() || claims.path("sub").asText().isEmpty());
  }

  Subject sharing(boolean isShared) {
    return new Subject(roles, claims, credentials, status, isShared);
  }
}
