package dev.ringlet.body;

import static dev.ringlet.body.LinesTest.cut;
import static dev.ringlet.body.LinesTest.texts;
import static dev.ringlet.body.LinesTest.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringlet.config.CsvForm;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV as RFC 4180 has it: records out of chunks, and fields out of records. */
class CsvTest {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  @Property
  void whatIsWrittenIsReadBackHoweverItIsCut(
      @ForAll("tables") List<List<Optional<String>>> table,
      @ForAll boolean crlf,
      @ForAll boolean lastEnd,
      @ForAll List<@IntRange(min = 0, max = 9) Integer> sizes) {
    String end = crlf ? "\r\n" : "\n";
    StringBuilder body = new StringBuilder();
    List<Integer> numbers = new ArrayList<>();
    for (List<Optional<String>> record : table) {
      numbers.add(1 + (int) body.chars().filter(c -> c == '\n').count());
      body.append(record.stream().map(CsvTest::write).collect(Collectors.joining(",")));
      body.append(end);
    }
    body.setLength(body.length() - (lastEnd || table.isEmpty() ? 0 : end.length()));
    List<Line> records = records(1000, body.toString(), sizes);
    assertEquals(table, records.stream().map(record -> inFields(record.bytes())).toList());
    assertEquals(numbers, records.stream().map(Line::number).toList());
  }

  @Provide
  Arbitrary<List<List<Optional<String>>>> tables() {
    Arbitrary<Optional<String>> field =
        Arbitraries.strings()
            .withChars("ab,,\"\"\r\n é")
            .ofMaxLength(6)
            .map(text -> Optional.of(text.replace("b", "😀")))
            .injectNull(0.2)
            .map(text -> text == null ? Optional.empty() : text);
    return field.list().ofMinSize(2).ofMaxSize(4).list().ofMaxSize(5); // one empty field is blank
  }

  private static String write(Optional<String> field) {
    String text = field.orElse("x");
    boolean quoted = text.isEmpty() || !text.replaceAll("[,\"\r\n]", "").equals(text);
    return field.map(t -> quoted ? '"' + t.replace("\"", "\"\"") + '"' : t).orElse("");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a,b           | <a> <b>
          a             | <a>
          a,,b          | <a> - <b>
          a,"",b        | <a> <> <b>
          ''            | -
          ,             | - -
          ""            | <>
          "",           | <> -
          "a,b",c       | <a,b> <c>
          "a""b",""\""   | <a"b> <">
          ' a ,b'       | '< a > <b>'
          "[1,""x""]",2 | <[1,"x"]> <2>
          a'b,{c}       | <a'b> <{c}>
          """)
  void cutsARecordIntoFieldsAndTellsEmptyFromNothing(String record, String fields) {
    assertEquals(fields, fields(utf8(record)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\"b",
        "a,b\"",
        "\"a\"b",
        "\"a\" ,b",
        " \"a\"",
        "\"a",
        "a,\"",
        "\"a\"\"",
        "\"a\"\"\"b\"c"
      })
  void refusesQuotesThatAreWrong(String record) {
    ApiException e = assertThrows(ApiException.class, () -> inFields(utf8(record)), () -> record);
    assertEquals(ErrorCode.INVALID_CSV, e.code());
  }

  @Test
  void saysWhereAQuoteIsWrong() {
    ApiException e = assertThrows(ApiException.class, () -> inFields(utf8("x,\"a\"b")));
    assertEquals(6, e.members().get("character"));
    e = assertThrows(ApiException.class, () -> inFields(utf8("😀,\"é\"b")));
    assertEquals(6, e.members().get("character"));
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    for (byte[] bytes : List.of(new byte[] {'a', (byte) 0xff}, new byte[] {(byte) 0xc3})) {
      ApiException e = assertThrows(ApiException.class, () -> inFields(bytes));
      assertEquals(ErrorCode.INVALID_CSV, e.code());
    }
  }

  @Test
  void recordsEndWithLfOrCrLfOrTheBody() {
    assertEquals(List.of("1:a,b", "2:c,d", "3:e,f"), read("a,b\nc,d\r\ne,f"));
    assertEquals(List.of("1:a,b"), read("a,b\r\n"));
    assertEquals(List.of("1:\"a\"", "2:\"\""), read("\"a\"\r\n\"\"\r\n"));
  }

  @Test
  void blankLinesAreLeftOutButCounted() {
    assertEquals(List.of("2:a", "5:b"), read("\na\n\r\n\nb\n\n"));
    assertEquals(List.of(), read(""));
    assertEquals(List.of(), read(BYTE_ORDER_MARK + "\r\n"));
  }

  @Test
  void aRecordHasTheNumberOfItsFirstLine() {
    assertEquals(
        List.of("1:\"a\nb\r\n\",\"\n\"", "5:c", "7:\"d\n\ne\"", "10:f"),
        read("\"a\nb\r\n\",\"\n\"\nc\n\n\"d\n\ne\"\nf"));
  }

  @Test
  void aQuoteInTheMiddleOfAFieldOpensNothing() {
    assertEquals(List.of("1:a\"b", "2:c\"", "3:x,y\"", "4:d"), read("a\"b\nc\"\nx,y\"\nd\n"));
  }

  @Test
  void afterTextBehindAClosingQuoteTheNextRecordIsWhole() {
    assertEquals(List.of("1:\"a\"b", "2:c"), read("\"a\"b\nc\n"));
    assertEquals(List.of("1:\"a\"b\"c", "2:d,e", "3:f"), read("\"a\"b\"c\nd,e\nf\n"));
  }

  @Test
  void theByteOrderMarkIsNoPartOfTheFirstField() {
    assertEquals(List.of("1:a,b", "2:" + BYTE_ORDER_MARK + "c"), read("\uFEFFa,b\n\uFEFFc\n"));
    assertEquals(List.of("1:\"a,b\",c", "2:d"), read("\uFEFF\"a,b\",c\nd"));
  }

  @Test
  void theByteOrderMarkMayHaveAQuoteBehindIt() {
    assertEquals(List.of("1:\"a\nb\",c", "3:d"), read("\uFEFF\"a\nb\",c\nd"));
  }

  @Test
  void ofARecordThatIsTooLongNothingIsKept() {
    Stream.of(1, 2, 3, 5, 50)
        .forEach(
            size ->
                assertEquals(
                    List.of("1:12345", "2 is too long:", "3:ok", "4 is too long:"),
                    texts(
                        records(5, "12345\n123456\nok\n\"1\n2\n3\n", List.of(size, size, size)))));
  }

  @Test
  void ofARecordThatIsTooLongNothingBecomesAnotherRecord() {
    assertEquals(
        List.of("1:a", "2 is too long:"), // else its own text would become rows
        texts(records(8, "a\n\"12\n345678\nb\n", List.of())));
    assertEquals(
        List.of("1 is too long:", "3:c"),
        texts(records(8, "123456789,\"a\n\"b\"\nc\n", List.of())));
  }

  private static List<String> read(String body) {
    List<String> whole = texts(records(1000, body, List.of()));
    assertEquals(whole, texts(records(1000, body, List.of(1, 1, 1, 1, 1, 1, 1, 1, 1))));
    return whole;
  }

  private static List<Line> records(int max, String body, List<Integer> sizes) {
    return records(new CsvRecords(max, CsvForm.PLAIN), body, sizes);
  }

  private static String fields(byte[] record) {
    return fields(inFields(record));
  }

  private static List<Optional<String>> inFields(byte[] record) {
    return CsvFields.of(record, CsvForm.PLAIN, 1000);
  }

  @Test
  void readsNoMoreFieldsThanThereMayBe() {
    assertEquals(3, CsvFields.of(utf8("a,b,c"), CsvForm.PLAIN, 3).size());
    ApiException e =
        assertThrows(ApiException.class, () -> CsvFields.of(utf8("a,b,c,\""), CsvForm.PLAIN, 3));
    assertEquals("There are more than 3 fields, near character 6.", e.detail());
  }

  private static final CsvForm CQLSH = new CsvForm(CsvForm.Dialect.CQLSH, ',', true);
  private static final CsvForm DSBULK = new CsvForm(CsvForm.Dialect.DSBULK, ',', true);

  /** As csv.writer of Python 3.11 writes it, and as it may be written by hand. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          a,b               | <a> <b>
          a,,""             | <a> - <>
          "a, b",c          | <a, b> <c>
          q\\"x,y            | <q"x> <y>
          "q\\"x",y          | <q"x> <y>
          "q""x",y          | <q"x> <y>
          a\\,b,c            | <a,b> <c>
          a\\\\\\\\b,c         | <a\\b> <c>
          "a\\\\b",c         | <a\\b> <c>
          "a\\\\n, b",c      | <a~, b> <c>
          "a\\\\\\\\n, b",c  | <a\\n, b> <c>
          "a\\\\n\\, b",c     | <a\\n, b> <c>
          "a\\n",c           | <a~> <c>
          a\\\\xa0b,c        | <a\u00a0b> <c>
          a\\\\xg0b,c        | <a\\xg0b> <c>
          5"" pipe,"x""y"   | <5"" pipe> <x"y>
          5""\\\\\\\\"",c     | <5""\\""> <c>
          """)
  void cqlshEscapesByBackslashes(String record, String fields) {
    assertEquals(fields.replace('~', '\n'), fields(CsvFields.of(utf8(record), CQLSH, 1000)));
  }

  /** As CSVConnector 1.10.0 reads them, but for a quote that is doubled: it leaves both. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          C:\\new,b             | <C:\\new> <b>
          "{\\"a\\": \\"b\\"}",c  | <{"a": "b"}> <c>
          "a\\\\b\\c",d         | <a\\b\\c> <d>
          "a""b",c              | <a"b> <c>
          a\\\\b,c               | <a\\\\b> <c>
          a\\,b                  | <a\\> <b>
          "a\\,b",c             | <a\\,b> <c>
          "a\\nb",c             | <a\\nb> <c>
          "\\"",c               | <"> <c>
          "\\\\",c               | <\\> <c>
          "\\\\\\"",c             | <\\"> <c>
          "a,\\"\\\\",c           | <a,"\\> <c>
          """)
  void dsbulkEscapesInsideOfQuotes(String record, String fields) {
    assertEquals(fields, fields(CsvFields.of(utf8(record), DSBULK, 1000)));
  }

  @Test
  void anEscapedLineEndOrQuoteEndsNothing() {
    for (int size : List.of(1, 2, 100)) {
      List<Integer> sizes = Collections.nCopies(60, size);
      assertEquals(
          List.of("1:a\\\nb", "3:\"c\\\"\nd\"", "5:e"),
          texts(records(new CsvRecords(1000, CQLSH), "a\\\nb\n\"c\\\"\nd\"\ne\n", sizes)));
      assertEquals(
          List.of("1:a\\", "2:\"c\\\"\nd\"", "4:e"),
          texts(records(new CsvRecords(1000, DSBULK), "a\\\n\"c\\\"\nd\"\ne\n", sizes)));
    }
  }

  private static List<Line> records(CsvRecords records, String body, List<Integer> sizes) {
    List<Line> read = new ArrayList<>();
    for (byte[] chunk : cut(utf8(body), sizes)) {
      read.addAll(records.read(chunk));
    }
    read.addAll(records.end());
    return read;
  }

  private static String fields(List<Optional<String>> fields) {
    return fields.stream()
        .map(field -> field.map(text -> "<" + text + ">").orElse("-"))
        .collect(Collectors.joining(" "));
  }
}
