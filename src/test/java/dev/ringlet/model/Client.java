package dev.ringlet.model;

import dev.ringlet.local.RawHttp;
import dev.ringlet.model.Ask.Condition;
import dev.ringlet.model.Ask.Form;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection that is opened again when it was closed. */
final class Client implements AutoCloseable {
  private static final Pattern TAG = Pattern.compile("(?m)^ETag: (.*)$");
  private static final Pattern TOKEN = Pattern.compile("(?m)^Link: .*[?&]after=([^&>]*)");

  /** No row has it. */
  private static final String NO_TAG = "\"AAAAAAAAAAAAAAAAAAAAAA\"";

  private final URI server;
  private RawHttp connection;

  Client(URI server) throws IOException {
    this.server = server;
    this.connection = new RawHttp(server);
  }

  RawHttp.Answer send(String request) throws IOException {
    RawHttp.Answer answer;
    try {
      connection.send(request);
      answer = connection.answer(request.startsWith("HEAD "));
    } catch (IOException e) {
      throw new IOException(request, e);
    }
    if (answer.closes()) {
      connection.close();
      connection = new RawHttp(server);
    }
    return answer;
  }

  /** The tag of the row that is asked for, as the caller is given it, or one who sees all. */
  String tag(Case one) throws IOException {
    boolean own = one.ask().condition() == Condition.OWN_TAG;
    Ask row =
        new Ask(
            Form.ROW,
            "GET",
            one.ask().shape(),
            one.ask().path(),
            List.of(),
            List.of(),
            List.of(),
            Condition.NONE);
    Subject asks = own ? one.subject() : Subject.ROOT;
    return found(TAG, send(new Wire(row).request(asks.credentials(), "", "")), NO_TAG);
  }

  /**
   * The token of the next page of another caller, or of one who sees all; empty if there is none.
   */
  String token(Case one) throws IOException {
    return found(TOKEN, send(new Wire(one.ask()).request(one.other().credentials(), "", "")), "");
  }

  private static String found(Pattern pattern, RawHttp.Answer answer, String otherwise) {
    Matcher found = pattern.matcher(answer.head());
    return found.find() ? found.group(1).trim() : otherwise;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
