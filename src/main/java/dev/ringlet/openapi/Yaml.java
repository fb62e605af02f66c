package dev.ringlet.openapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * JSON as YAML 1.2 in blocks. JSON is YAML already: its strings stay as they are, in quotes, so
 * that none is taken for something else; what changes is how objects and arrays are laid out.
 */
final class Yaml {
  /** Names that no YAML, however old, takes for something else. */
  private static final Pattern PLAIN =
      Pattern.compile("(?!(?i:y|n|yes|no|on|off|true|false|null)$)[A-Za-z_][A-Za-z0-9_-]*");

  private final JsonParser json;
  private final Writer out;

  private Yaml(JsonParser json, Writer out) {
    this.json = json;
    this.out = out;
  }

  /**
   * @param document an object
   */
  static void write(InputStream document, OutputStream out) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    try (JsonParser json = new JsonFactory().createParser(document)) {
      JsonToken unused = json.nextToken();
      Yaml yaml = new Yaml(json, writer);
      if (yaml.nextMember()) {
        yaml.members(0, false);
      }
    }
    writer.flush();
  }

  /**
   * From the value of its first member on.
   *
   * @param inLine whether that stands behind the dash of an array
   */
  private void members(int depth, boolean inLine) throws IOException {
    boolean first = inLine;
    do {
      indent(first ? 0 : depth);
      first = false;
      name(json.currentName());
      value(depth, false);
    } while (nextMember());
  }

  /** Goes to the value of the next member, or to the end of the object. */
  private boolean nextMember() throws IOException {
    return json.nextToken() != JsonToken.END_OBJECT && json.nextToken() != null;
  }

  private void name(String name) throws IOException {
    if (PLAIN.matcher(name).matches()) {
      out.append(name);
    } else {
      quoted(name);
    }
    out.append(':');
  }

  private void array(int depth) throws IOException {
    for (; json.currentToken() != JsonToken.END_ARRAY; json.nextToken()) {
      indent(depth);
      out.append('-');
      value(depth, true);
    }
  }

  private void value(int depth, boolean element) throws IOException {
    switch (json.currentToken()) {
      case START_OBJECT -> object(depth, element);
      case START_ARRAY -> {
        JsonToken first = json.nextToken();
        out.append(first == JsonToken.END_ARRAY ? " []\n" : "\n");
        array(depth + 1);
      }
      case VALUE_STRING -> {
        out.append(' ');
        quoted(json.getText());
        out.append('\n');
      }
      default -> out.append(' ').append(json.getText()).append('\n');
    }
  }

  /** One that is a reference alone takes no line more. */
  private void object(int depth, boolean element) throws IOException {
    if (!nextMember()) {
      out.append(" {}\n");
    } else if (isReference()) {
      out.append(" {$ref: ");
      quoted(json.getText());
      out.append("}\n");
      JsonToken unused = json.nextToken();
    } else {
      out.append(element ? ' ' : '\n');
      members(depth + 1, element);
    }
  }

  /** A column may have that name too; what stands there then is its schema. */
  private boolean isReference() throws IOException {
    return json.currentToken() == JsonToken.VALUE_STRING && json.currentName().equals("$ref");
  }

  private void indent(int depth) throws IOException {
    out.append("  ".repeat(depth));
  }

  private void quoted(String text) throws IOException {
    out.append('"');
    out.write(JsonStringEncoder.getInstance().quoteAsString(text));
    out.append('"');
  }
}
