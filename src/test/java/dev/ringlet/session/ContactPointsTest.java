package dev.ringlet.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContactPointsTest {
  /** Which no name server is asked for. */
  private static final String NOTHING = "[nothing]";

  private final ContactPoints points = of("127.0.0.1:9042", " 127.0.0.2 ", NOTHING);

  private static ContactPoints of(String... points) {
    return new ContactPoints(Optional.of(List.of(points)));
  }

  @Test
  void aNameThatStandsForNothingHasNoAddress() {
    assertEquals(Set.of("127.0.0.1", "127.0.0.2"), points.addresses());
  }

  @Test
  void theyHaveMovedIfNoneIsLeft() {
    assertTrue(points.haveMoved(Set.of("127.0.0.8", "127.0.0.9")));
    assertTrue(points.haveMoved(Set.of()));
    assertFalse(points.haveMoved(Set.of("127.0.0.8", "127.0.0.2")));
    assertFalse(points.haveMoved(points.addresses()));
  }

  @Test
  void whatStandsForNothingHasNotMoved() {
    assertFalse(of(NOTHING).haveMoved(Set.of("127.0.0.1")));
    assertFalse(of(NOTHING).haveMoved(Set.of()));
    assertFalse(new ContactPoints(Optional.empty()).haveMoved(Set.of()));
  }
}
