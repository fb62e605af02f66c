package dev.ringlet.faults;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Pictures for documents: of the few colours that a page has, so that they are small. */
final class Picture {
  private static final int COLOURS = 256;

  private Picture() {}

  /** Keeps the most frequent colours, and shows each other one as the nearest of these. */
  static void keep(Path file, Path small) throws IOException {
    BufferedImage whole = ImageIO.read(file.toFile());
    int[] pixels =
        whole.getRGB(0, 0, whole.getWidth(), whole.getHeight(), null, 0, whole.getWidth());
    List<Integer> palette = palette(pixels);
    IndexColorModel colours =
        new IndexColorModel(
            8,
            palette.size(),
            palette.stream().mapToInt(Integer::intValue).toArray(),
            0,
            false,
            -1,
            DataBuffer.TYPE_BYTE);
    BufferedImage indexed =
        new BufferedImage(
            whole.getWidth(), whole.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, colours);
    Map<Integer, Integer> nearest = new HashMap<>();
    for (int i = 0; i < pixels.length; i++) {
      int index = nearest.computeIfAbsent(pixels[i], colour -> nearest(palette, colour));
      indexed.getRaster().setSample(i % whole.getWidth(), i / whole.getWidth(), 0, index);
    }
    ImageIO.write(indexed, "png", small.toFile());
  }

  private static List<Integer> palette(int[] pixels) {
    Map<Integer, Integer> frequency = new HashMap<>();
    for (int pixel : pixels) {
      frequency.merge(pixel, 1, Integer::sum);
    }
    return new ArrayList<>(
        frequency.entrySet().stream()
            .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
            .limit(COLOURS)
            .map(Map.Entry::getKey)
            .toList());
  }

  private static int nearest(List<Integer> palette, int colour) {
    int best = 0;
    for (int i = 1; i < palette.size(); i++) {
      if (distance(palette.get(i), colour) < distance(palette.get(best), colour)) {
        best = i;
      }
    }
    return best;
  }

  private static int distance(int a, int b) {
    int sum = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      int difference = (a >> shift & 0xff) - (b >> shift & 0xff);
      sum += difference * difference;
    }
    return sum;
  }
}
