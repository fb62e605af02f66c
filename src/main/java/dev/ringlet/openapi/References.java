package dev.ringlet.openapi;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a document refers to: components that nothing refers to are left out. */
final class References {
  private static final String REFERENCE = "$ref";

  private final Set<String> seen = new HashSet<>();

  /** Writes members of an object, and notes what they refer to. */
  void write(Map<String, ? extends JsonNode> members, JsonGenerator json) throws IOException {
    for (Map.Entry<String, ? extends JsonNode> member : members.entrySet()) {
      note(member.getValue());
      json.writeFieldName(member.getKey());
      Trees.write(member.getValue(), json);
    }
  }

  /** The same of those components that have been referred to. */
  void write(String section, Map<String, ? extends JsonNode> components, JsonGenerator json)
      throws IOException {
    for (Map.Entry<String, ? extends JsonNode> component : components.entrySet()) {
      if (seen.contains("#/components/" + section + "/" + component.getKey())) {
        write(Map.of(component.getKey(), component.getValue()), json);
      }
    }
  }

  void note(JsonNode tree) {
    if (tree.has(REFERENCE)) {
      seen.add(tree.get(REFERENCE).asText());
    }
    tree.forEach(this::note);
  }
}
