package dev.ringlet.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SortedTest {
  private static ByteBuffer bytes(String text) {
    return StandardCharsets.UTF_8.encode(text);
  }

  private static ByteBuffer collection(int number, List<ByteBuffer> elements) {
    int size = elements.stream().mapToInt(element -> 4 + element.remaining()).sum();
    ByteBuffer out = ByteBuffer.allocate(4 + size).putInt(number);
    elements.forEach(element -> out.putInt(element.remaining()).put(element.duplicate()));
    return out.flip();
  }

  @Property
  void aSetHasEachElementOnceAndInOrder(@ForAll List<String> texts) {
    Sorted sorted = Sorted.set(ByteBuffer::compareTo);
    TreeSet<ByteBuffer> expected = new TreeSet<>();
    for (String text : texts) {
      assertEquals(expected.add(bytes(text)), sorted.add(bytes(text)));
    }
    assertEquals(collection(expected.size(), List.copyOf(expected)), sorted.done());
  }

  @Property
  void aMapHasEachValueAfterItsKey(@ForAll Map<String, String> texts) {
    Sorted sorted = Sorted.map(ByteBuffer::compareTo);
    TreeMap<ByteBuffer, ByteBuffer> expected = new TreeMap<>();
    texts.forEach(
        (key, value) -> {
          assertEquals(expected.put(bytes(key), bytes(value)) == null, sorted.add(bytes(key)));
          sorted.value(bytes(value));
        });
    List<ByteBuffer> entries =
        expected.entrySet().stream()
            .flatMap(entry -> List.of(entry.getKey(), entry.getValue()).stream())
            .toList();
    assertEquals(collection(expected.size(), entries), sorted.done());
  }
}
