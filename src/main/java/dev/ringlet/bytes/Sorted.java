package dev.ringlet.bytes;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

/**
 * The elements of a set, or the entries of a map, in order, none of them twice. What goes out comes
 * back in order; otherwise there is a tree of where they are. It is one because it is easy to send
 * ten thousands of one hash.
 */
public final class Sorted {
  private final Comparator<ByteBuffer> order;
  private final int parts;
  private final Elements all = new Elements();
  private Set<Integer> starts;
  private int number;
  private int last;
  private ByteBuffer one = ByteBuffer.allocate(0);
  private ByteBuffer other = one;

  private Sorted(Comparator<ByteBuffer> order, int parts) {
    this.order = order;
    this.parts = parts;
  }

  /** Of elements. */
  public static Sorted set(Comparator<ByteBuffer> order) {
    return new Sorted(order, 1);
  }

  /** Of keys, each with a value after it. */
  public static Sorted map(Comparator<ByteBuffer> order) {
    return new Sorted(order, 2);
  }

  /** An element or a key; says whether there was none that is equal, so that it stays. */
  public boolean add(ByteBuffer element) {
    int start = all.size();
    all.add(element);
    boolean added = (starts == null && isLast(start)) || tree().add(start);
    if (added) {
      last = start;
      number++;
    } else {
      all.cut(start);
    }
    return added;
  }

  /** The value of the key before. */
  public void value(ByteBuffer value) {
    all.add(value);
  }

  /** The value of the collection. */
  public ByteBuffer done() {
    if (starts == null) {
      return all.done(number);
    }
    ByteBuffer out = ByteBuffer.allocate(all.size()).putInt(number);
    for (int start : starts) {
      out.put(all.bytes(), start, end(start) - start);
    }
    return out.flip();
  }

  private boolean isLast(int start) {
    return number == 0 || compare(last, start) < 0;
  }

  private Set<Integer> tree() {
    if (starts == null) {
      starts = new TreeSet<>(this::compare);
      for (int start = Integer.BYTES; starts.size() < number; start = end(start)) {
        starts.add(start);
      }
    }
    return starts;
  }

  private int end(int start) {
    int end = start;
    for (int i = 0; i < parts; i++) {
      end = all.end(end);
    }
    return end;
  }

  /** By two views for all, and not two for each comparison. */
  private int compare(int start, int otherStart) {
    if (one.array() != all.bytes()) {
      one = ByteBuffer.wrap(all.bytes());
      other = one.duplicate();
    }
    return order.compare(at(one, start), at(other, otherStart));
  }

  private ByteBuffer at(ByteBuffer view, int start) {
    return view.limit(all.end(start)).position(start + Integer.BYTES);
  }
}
