package dev.ringlet.header;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderElementTest {
  private static String text(List<HeaderElement> elements) {
    return elements.stream()
        .map(
            element ->
                element.value()
                    + element.parameters().stream()
                        .map(parameter -> "{" + parameter.name() + "|" + parameter.value() + "}")
                        .collect(Collectors.joining()))
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          a                       ! a
          a,b                     ! a b
          ' ,, a ,\t, b,'        ! a b
          ,                       ! ''
          a;Q=1                   ! a{q|1}
          a ; q = 1 ;; x          ! a{q|1}{x|}
          a;x="1;2,3";y=2, b      ! a{x|1;2,3}{y|2} b
          a;x="\\",\\\\", b      ! a{x|",\\} b
          "a,b";x                 ! "a,b"{x|}
          ;x=1                    ! {x|1}
          """)
  void readsLists(String line, String elements) {
    assertEquals(elements, text(HeaderElement.list(List.of(line.replace("\\t", "\t")))));
  }

  @Test
  void severalLinesAreOneListButNoQuoteGoesFromOneToTheNext() {
    assertEquals("a b", text(HeaderElement.list(List.of("a", "", ",b"))));
    assertThrows(
        IllegalArgumentException.class, () -> HeaderElement.list(List.of("a;x=\"", "\", b")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/json;q=0, */*               | application/x-ndjson
          */*;q=0.1, text/csv                     | text/csv
          text/csv, */*                           | text/csv
          text/*, application/json;q=0.9          | text/csv
          application/*                           | application/json
          */*, application/json;q=0.5             | application/x-ndjson
          text/csv;q=.2, application/x-ndjson;q=0.20 | application/x-ndjson
          *                                       | application/json
          text/html, image/gif, *; q=.2, */*; q=.2 | application/json
          text/csv;HEADER=Present                 | text/csv
          application/json;indent=2               | application/json
          text/csv;charset=latin1, */*;q=0.1      | application/json
          """)
  void choosesWhatIsWantedMost(String accept, String type) {
    assertEquals(type, Accept.choose(List.of(accept), RowFormat.ROWS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text/html;q=x
          text/csv;q=2
          text/csv;q=
          text
          text/
          a b/c
          text/html;x="
          """)
  void refusesWhatIsNoAccept(String accept) {
    ApiException e =
        assertThrows(
            ApiException.class, () -> Accept.choose(List.of(accept), RowFormat.ROWS), accept);
    assertEquals(ErrorCode.INVALID_HEADER, e.code());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gzip                        | true
          GZip                        | true
          x-gzip                      | true
          *                           | true
          br, gzip;q=0.1              | true
          gzip;q=0.0001               | true
          identity;q=0.5, gzip        | true
          gzip;q=0.5, identity        | false
          gzip;q=0                    | false
          gzip;q=0.000                | false
          gzip;q=0, *                 | false
          *;q=0, identity             | false
          ''                          | false
          br                          | false
          gzip;q=x                    | false
          """)
  void knowsWhetherGzipIsWanted(String header, boolean gzip) {
    assertEquals(gzip, AcceptEncoding.gzip(List.of(header), true), header);
    assertEquals(false, AcceptEncoding.gzip(List.of(header), false), header);
  }

  @Test
  void compressesWhatIsNotWorthItWhereNothingElseIsTaken() {
    assertEquals(true, AcceptEncoding.gzip(List.of("identity;q=0, gzip;q=0.1"), false));
    assertEquals(true, AcceptEncoding.gzip(List.of("*;q=0, gzip"), false));
    for (String nothing : List.of("*;q=0", "identity;q=0", "identity;q=0, gzip;q=0, br")) {
      assertThrows(ApiException.class, () -> AcceptEncoding.gzip(List.of(nothing), true), nothing);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/json                        | ''
          application/json;charset=UTF-8          | ''
          text/csv; header="present";charset=utf-8 | ''
          text/csv;header=absent                  | ''
          text/csv;header=none                    | header
          text/csv;dialect=CQLSH;delimiter=";"    | ''
          text/csv;dialect=excel                  | dialect
          text/csv;delimiter=a                    | delimiter
          application/json;dialect=cqlsh          | dialect
          application/json;header=present         | header
          application/json;charset=utf8           | charset
          application/json;charset=               | charset
          application/json;charset=utf-8;charset=latin1 | charset
          application/json;odata=x                | odata
          """)
  void namesTheParameterThatMeansAnotherForm(String type, String parameter) {
    assertEquals(parameter, RowFormat.unknownParameter(type).orElse(""));
  }
}
