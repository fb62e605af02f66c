package dev.ringlet.body;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LinesTest {

  @Property
  void aBodyHasTheSameLinesHoweverItIsCut(
      @ForAll("bodies") String body, @ForAll List<@IntRange(min = 0, max = 5) Integer> sizes) {
    List<String> expected = new ArrayList<>();
    String[] lines = body.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (!lines[i].replaceAll("[ \t\r]", "").isEmpty()) {
        expected.add(i + 1 + ":" + lines[i]);
      }
    }
    assertEquals(expected, lines(1000, body, sizes));
  }

  @Property
  void aLineThatIsTooLongIsToldApartHoweverTheBodyIsCut(
      @ForAll("bodies") String body,
      @ForAll List<@IntRange(min = 0, max = 5) Integer> sizes,
      @ForAll @IntRange(min = 1, max = 6) int max) {
    List<String> expected = new ArrayList<>();
    String[] lines = body.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      boolean tooLong = lines[i].getBytes(StandardCharsets.UTF_8).length > max;
      if (tooLong || !lines[i].replaceAll("[ \t\r]", "").isEmpty()) {
        expected.add(tooLong ? i + 1 + " is too long:" : i + 1 + ":" + lines[i]);
      }
    }
    assertEquals(expected, lines(max, body, sizes));
  }

  @Test
  void blankLinesAreLeftOutButCounted() {
    assertEquals(
        List.of("2:a", "6:b\r", "7: c"), lines(1000, "\na\n\n \t\n\r\nb\r\n c", List.of()));
    assertEquals(List.of(), lines(1000, "", List.of()));
    assertEquals(List.of(), lines(1000, "\n \n\r\n\t", List.of()));
    assertEquals(List.of("2:a"), lines(1000, "\ufeff\r\na", List.of()));
  }

  @Test
  void theLastLineNeedsNoEnd() {
    Lines lines = new Lines(1000);
    assertEquals(List.of("1:a"), texts(lines.read(utf8("a\nb"))));
    assertEquals(List.of("2:bc"), texts(join(lines.read(utf8("c")), lines.end())));
    assertEquals(List.of("1:a"), lines(1000, "a\n", List.of()));
  }

  @Test
  void ofALineThatIsTooLongNothingIsKept() {
    for (int size = 1; size <= 12; size++) {
      assertEquals(
          List.of("1:12345", "2 is too long:", "3:ok", "5 is too long:", "6 is too long:"),
          lines(5, "12345\n123456\nok\n\n123456789\n      ", List.of(size, size, size, size)),
          "chunks of " + size);
    }
    Lines lines = new Lines(5);
    assertEquals(List.of(), lines.read(utf8("1234567")));
    assertEquals(List.of("1 is too long:", "2:ok"), texts(lines.read(utf8("8\nok\n"))));
  }

  @Provide
  Arbitrary<String> bodies() {
    return Arbitraries.strings().withChars("ab{é \t\r\n\n\n").ofMaxLength(40);
  }

  private static List<String> lines(int max, String body, List<Integer> sizes) {
    Lines lines = new Lines(max);
    List<Line> read = new ArrayList<>();
    for (byte[] chunk : cut(utf8(body), sizes)) {
      read.addAll(lines.read(chunk));
    }
    read.addAll(lines.end());
    return texts(read);
  }

  /** The bytes in chunks of these sizes, what is left in a last one. */
  static List<byte[]> cut(byte[] body, List<Integer> sizes) {
    List<byte[]> chunks = new ArrayList<>();
    int at = 0;
    for (int size : sizes) {
      int end = Math.min(at + size, body.length);
      chunks.add(Arrays.copyOfRange(body, at, end));
      at = end;
    }
    chunks.add(Arrays.copyOfRange(body, at, body.length));
    return chunks;
  }

  /** Each line's number and text. */
  static List<String> texts(List<Line> lines) {
    return lines.stream()
        .map(
            line ->
                line.number()
                    + (line.tooLong() ? " is too long:" : ":")
                    + new String(line.bytes(), StandardCharsets.UTF_8))
        .toList();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Line> join(List<Line> first, List<Line> second) {
    List<Line> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
