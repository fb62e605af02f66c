package dev.ringlet.write;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailedEventsTest {
  /** The codes of the events that failed, and the index that is told. */
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(List.of(ErrorCode.INVALID_EVENT, ErrorCode.INVALID_VALUE), 0),
        Arguments.of(List.of(ErrorCode.INVALID_EVENT, ErrorCode.WRITE_OUTCOME_UNKNOWN), 1),
        Arguments.of(List.of(ErrorCode.FORBIDDEN, ErrorCode.OVERLOADED, ErrorCode.UNAVAILABLE), 1),
        Arguments.of(List.of(ErrorCode.CONDITION_FAILED, ErrorCode.RATE_LIMITED), 1),
        Arguments.of(List.of(ErrorCode.INVALID_VALUE, ErrorCode.BODY_TOO_SLOW), 1),
        Arguments.of(List.of(ErrorCode.UNKNOWN_TABLE, ErrorCode.INTERNAL), 1));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whatMayPassIsToldBeforeWhatStays(List<ErrorCode> codes, int told) {
    List<Outcome> all =
        IntStream.range(0, codes.size())
            .mapToObj(i -> Outcome.failed(i, new ApiException(codes.get(i), "x")))
            .toList();
    FailedEvents failed = new FailedEvents();
    List<Outcome> untold = all.stream().flatMap(one -> failed.add(one).stream()).toList();
    assertEquals(codes.size() - 1, untold.size());
    assertFalse(untold.contains(all.get(told)), "what is told stays");
    ApiException e = assertThrows(ApiException.class, () -> failed.require(5));
    assertEquals(codes.get(told), e.code());
    assertEquals(
        Map.of("index", told, "written", 5 - codes.size(), "failed", codes.size()), e.members());
  }

  @Test
  void whereNoneFailedThereIsNothingToTell() {
    assertDoesNotThrow(() -> new FailedEvents().require(5));
  }
}
