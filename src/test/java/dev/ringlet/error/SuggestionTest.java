package dev.ringlet.error;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tempreature | temperature,time     | temperature
          wind_sped   | wind_speed,time      | wind_speed
          windSpeed   | wind_speed,time      | wind_speed
          Orders      | orders,customers     | orders
          shopp       | shop,ship            | shop
          sacn        | scan,split           | scan
          limt        | limit,split          | limit
          quorun      | QUORUM,ONE           | QUORUM
          one         | ONE,ALL              | ONE
          kye         | key,value            | key
          TLL         | TTL,TIMESTAMP        | TTL
          ge          | eq,lt,lte,gt,gte,in  | gte
          eqq         | eq,lt,lte,gt,gte,in  | eq
          gtr         | eq,lt,lte,gt,gte,in  | gt
          is          | eq,lt,lte,gt,gte,in  | ''
          ab          | a_b,ba,c             | a_b,ba
          name        | time,date            | ''
          stop        | shop                 | shop
          temperature | humidity             | ''
          data        | a,b,day              | ''
          x           | y,xy                 | ''
          V           | v,w                  | v
          ''          | a,ab                 | ''
          """)
  void findsWhatWasMeantOrNothing(String given, String known, String meant) {
    assertEquals(
        meant.isEmpty() ? List.of() : List.of(meant.split(",")),
        Suggestion.nearest(given, List.of(known.split(","))));
  }

  @Test
  void suggestsNoneOfManyThatAreEquallyNear() {
    assertEquals(List.of(), Suggestion.nearest("c", List.of("c1", "c2", "c3", "c4")));
    assertEquals(
        List.of(),
        Suggestion.nearest("column", List.of("column1", "column2", "column3", "column4")));
    assertEquals(
        List.of("column1", "column2"), Suggestion.nearest("column", List.of("column1", "column2")));
  }

  @Test
  void looksAtNoNameThatIsVeryLong() {
    assertEquals(List.of(), Suggestion.nearest("a".repeat(65), List.of("a".repeat(65))));
    assertEquals(List.of(), Suggestion.nearest("a".repeat(64), List.of("a".repeat(65))));
  }

  @Test
  void asksWhetherItWasMeant() {
    assertEquals(Optional.empty(), Suggestion.question(List.of()));
    assertEquals(Optional.of("Did you mean a?"), Suggestion.question(List.of("a")));
    assertEquals(Optional.of("Did you mean a or b?"), Suggestion.question(List.of("a", "b")));
  }
}
