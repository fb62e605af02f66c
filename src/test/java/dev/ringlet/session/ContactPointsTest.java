package dev.ringlet.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContactPointsTest {
  private final ContactPoints points =
      new ContactPoints(Optional.of(List.of("127.0.0.1:9042", " 127.0.0.2 ", "nowhere.invalid")));

  @Test
  void aNameThatStandsForNothingIsOneOfThem() {
    assertEquals(Set.of("127.0.0.1", "127.0.0.2", "nowhere.invalid"), points.addresses());
  }

  @Test
  void noneIsTheDriversToSay() {
    assertFalse(new ContactPoints(Optional.empty()).haveMoved(Set.of()));
  }

  @Test
  void theyHaveMovedIfNoneIsLeft() {
    assertTrue(points.haveMoved(Set.of("127.0.0.8", "127.0.0.9")));
    assertFalse(points.haveMoved(Set.of("127.0.0.8", "127.0.0.2")));
    assertFalse(points.haveMoved(points.addresses()));
  }
}
