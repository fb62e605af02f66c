package dev.ringlet.header;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          image/png                        |
          application/json;q=0             |
          application/jsonx                |
          */*;q=0                          |
          */*                              | application/json
          text/html, */*;q=0.1             | application/json
          application/*;q=0.5              | application/json
          application/x-ndjson             | application/x-ndjson
          text/csv; header=present         | text/csv
          text/csv, application/json;q=0.9 | text/csv
          */*, application/json;q=0        | application/x-ndjson
          text/csv;header=absent;q=0, text/csv | text/csv
          text/csv;header=absent;q=0.1, text/csv, application/json;q=0.5 | text/csv
          text/csv;q=0, text/csv;header=absent;q=0, */* | application/json
          """)
  void choosesWhatIsWantedMost(String accept, String chosen) {
    if (chosen == null) {
      ApiException e = assertThrows(ApiException.class, () -> choose(accept));
      assertEquals(ErrorCode.NOT_ACCEPTABLE, e.code());
    } else {
      assertEquals(chosen, choose(accept));
    }
  }

  private static String choose(String accept) {
    return Accept.choose(List.of(accept), RowFormat.ROWS);
  }
}
