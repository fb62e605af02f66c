package dev.ringlet.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** The samples of a Flight Recorder file as an SVG: callers above, what they called below. */
final class FlameGraph {
  private static final int WIDTH = 1800;
  private static final int HEIGHT = 17;

  /** Narrower ones are left out. */
  private static final double NARROW = 0.5;

  private static final Map<String, String> COLOURS =
      Map.of(
          "dev.ringlet", "#ff7043",
          "com.datastax", "#64b5f6",
          "com.fasterxml", "#ba68c8",
          "io.netty", "#81c784",
          "io.vertx", "#aed581",
          "io.quarkus", "#ffd54f",
          "org.jboss", "#ffd54f",
          "io.smallrye", "#fff176");

  private static final class Node {
    final Map<String, Node> callees = new TreeMap<>();
    long samples;

    int depth() {
      return 1 + callees.values().stream().mapToInt(Node::depth).max().orElse(0);
    }
  }

  private final Node root = new Node();

  FlameGraph(Path recording) throws IOException {
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        String type = event.getEventType().getName();
        boolean sample =
            type.equals("jdk.ExecutionSample") || type.equals("jdk.NativeMethodSample");
        if (sample && event.getStackTrace() != null && !waits(event)) {
          add(event.getStackTrace().getFrames());
        }
      }
    }
  }

  /** A thread that waits for events of its sockets does not run. */
  private static boolean waits(RecordedEvent event) {
    return event.getEventType().getName().equals("jdk.NativeMethodSample")
        && name(event.getStackTrace().getFrames().get(0)).endsWith("EPoll.wait");
  }

  private void add(List<RecordedFrame> frames) {
    Node node = root;
    node.samples++;
    for (int i = frames.size() - 1; i >= 0; i--) {
      node = node.callees.computeIfAbsent(name(frames.get(i)), name -> new Node());
      node.samples++;
    }
  }

  private static String name(RecordedFrame frame) {
    String type = frame.getMethod().getType().getName().replaceAll("\\$\\$Lambda.*", "\\$lambda");
    return type + "." + frame.getMethod().getName();
  }

  String svg(String title) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"monospace\" font-size=\"11\">"
            .formatted(WIDTH, (root.depth() + 1) * HEIGHT));
    lines.add("<text x=\"4\" y=\"13\">%s, %d samples</text>".formatted(title, root.samples));
    draw(root, 0, 1, lines);
    lines.add("</svg>\n");
    return String.join("\n", lines);
  }

  private void draw(Node node, double x, int level, List<String> lines) {
    double left = x;
    for (Map.Entry<String, Node> callee : node.callees.entrySet()) {
      double width = (double) WIDTH * callee.getValue().samples / root.samples;
      if (width >= NARROW) {
        box(callee.getKey(), callee.getValue().samples, left, width, level, lines);
        draw(callee.getValue(), left, level + 1, lines);
      }
      left += width;
    }
  }

  private void box(
      String name, long samples, double x, double width, int level, List<String> lines) {
    String text = name.replace("<", "&lt;").replace(">", "&gt;");
    int fits = (int) (width / 7);
    String brief = name.replaceAll("^([a-z_0-9]+\\.)*", "");
    String label = brief.length() <= fits ? brief : brief.substring(0, Math.max(0, fits));
    lines.add(
        String.format(
            Locale.ROOT,
            "<g><title>%s: %.2f %%</title><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\""
                + " fill=\"%s\" stroke=\"white\"/><text x=\"%.1f\" y=\"%d\">%s</text></g>",
            text,
            100.0 * samples / root.samples,
            x,
            level * HEIGHT,
            width,
            HEIGHT,
            colour(name),
            x + 2,
            level * HEIGHT + 12,
            label.replace("<", "&lt;").replace(">", "&gt;")));
  }

  private static String colour(String name) {
    return COLOURS.entrySet().stream()
        .filter(colour -> name.startsWith(colour.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("#cfd8dc");
  }
}
