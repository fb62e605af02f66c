package dev.ringlet.shape;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringlet.value.CqlType;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What the values of a scalar type look like. A new type is one row in the table here.
 *
 * @param given the forms that come out, the usual one first
 * @param taken the forms that may come in, that for clients first
 * @param nameGiven what names of members are, where values are keys of a map
 * @param nameTaken what these may be
 * @param example a value as text
 */
record ScalarSchema(
    List<Form> given, List<Form> taken, Form nameGiven, Form nameTaken, String example) {

  private static final Form ZERO = new Form("number").with("const", BigDecimal.ZERO);

  private static final Map<DataType, ScalarSchema> TABLE =
      Map.ofEntries(
          Map.entry(DataTypes.ASCII, strings(Patterns.ASCII, Patterns.ASCII, "ascii")),
          Map.entry(DataTypes.TEXT, of(new Form("string"), new Form("string"), "text")),
          Map.entry(DataTypes.BLOB, blobs()),
          Map.entry(DataTypes.BOOLEAN, booleans()),
          Map.entry(DataTypes.TINYINT, integers(8)),
          Map.entry(DataTypes.SMALLINT, integers(16)),
          Map.entry(DataTypes.INT, integers(32)),
          Map.entry(DataTypes.BIGINT, longs()),
          Map.entry(DataTypes.COUNTER, longs()),
          Map.entry(
              DataTypes.VARINT,
              digits(Patterns.VARINT_GIVEN, Patterns.VARINT_TAKEN, "42").or(new Form("integer"))),
          Map.entry(
              DataTypes.DECIMAL,
              digits(Patterns.DECIMAL_GIVEN, Patterns.DECIMAL_TAKEN, "12.50")
                  .or(new Form("number"))),
          Map.entry(
              DataTypes.FLOAT, floats("float", "3.4028235E38", "7E-46", Patterns.FLOAT_TAKEN)),
          Map.entry(
              DataTypes.DOUBLE,
              floats("double", "1.7976931348623157E308", "2.4E-324", Patterns.DOUBLE_TAKEN)),
          Map.entry(
              DataTypes.UUID,
              strings(
                      Patterns.UUID_GIVEN,
                      Patterns.UUID_TAKEN,
                      "5b6962dd-3f90-4c93-8f61-eabfa4a803e2")
                  .with("format", "uuid")),
          Map.entry(
              DataTypes.TIMEUUID,
              strings(
                      Patterns.TIMEUUID_GIVEN,
                      Patterns.TIMEUUID_TAKEN,
                      "50554d6e-29bb-11e5-b345-feff819cdc9f")
                  .with("format", "uuid")),
          Map.entry(
              DataTypes.TIMESTAMP,
              strings(
                      Patterns.TIMESTAMP_GIVEN,
                      Patterns.TIMESTAMP_TAKEN,
                      "2026-11-22T10:00:00.000Z")
                  .not(Patterns.NO_DATE)
                  .with("format", "date-time")
                  .or(new Form("integer").between(Long.MIN_VALUE, Long.MAX_VALUE))),
          Map.entry(
              DataTypes.DATE,
              strings(Patterns.DATE, Patterns.DATE, "2026-11-22")
                  .not(Patterns.NO_DATE)
                  .with("format", "date")),
          Map.entry(
              DataTypes.TIME,
              strings(Patterns.TIME_GIVEN, Patterns.TIME_TAKEN, "10:00:00.000000000")),
          Map.entry(
              DataTypes.DURATION,
              digits(Patterns.DURATION_GIVEN, Patterns.DURATION_TAKEN, "1mo2d3h")
                  .not(Patterns.NO_DURATION)),
          Map.entry(
              DataTypes.INET,
              strings(Patterns.INET_GIVEN, Patterns.INET_TAKEN, "192.0.2.1")
                  .not(Patterns.NO_INET)));

  /** The row of a type; custom types are blobs. */
  static ScalarSchema of(CqlType type) {
    return TABLE.getOrDefault(type.dataType(), TABLE.get(DataTypes.BLOB));
  }

  List<Form> forms(SchemaUse use) {
    return use == SchemaUse.GIVEN ? given : taken;
  }

  Form name(SchemaUse use) {
    return use == SchemaUse.GIVEN ? nameGiven : nameTaken;
  }

  void writeExample(JsonGenerator json) throws IOException {
    switch (given.get(0).type()) {
      case "string" -> json.writeString(example);
      case "boolean" -> json.writeBoolean(Boolean.parseBoolean(example));
      default -> json.writeNumber(new BigDecimal(example));
    }
  }

  private static ScalarSchema of(Form given, Form taken, String example) {
    return new ScalarSchema(List.of(given), List.of(taken), given, taken, example);
  }

  private static ScalarSchema strings(String given, String taken, String example) {
    return of(Form.string(given), Form.string(taken), example);
  }

  private static ScalarSchema digits(String given, String taken, String example) {
    return of(Form.string(given), Form.digits(taken), example);
  }

  private static ScalarSchema blobs() {
    Form taken = Form.string(Patterns.BLOB_TAKEN).not(Form.matching(Patterns.CQL_BLOB));
    return of(Form.string(Patterns.BLOB_GIVEN), taken, "AQID")
        .with("contentEncoding", "base64")
        .with("format", "byte");
  }

  private static ScalarSchema booleans() {
    List<Form> forms = List.of(new Form("boolean"));
    return new ScalarSchema(
        forms,
        forms,
        Form.string("true|false"),
        Form.string("[tT][rR][uU][eE]|[fF][aA][lL][sS][eE]"),
        "true");
  }

  private static ScalarSchema integers(int bits) {
    long most = Long.MAX_VALUE >> (64 - bits);
    Form number = new Form("integer").with("format", "int32").between(-most - 1, most);
    Form name = Form.string(Digits.given(bits));
    Form text = Form.digits(Digits.taken(bits));
    return new ScalarSchema(List.of(number), List.of(number, text), name, text, "42");
  }

  private static ScalarSchema longs() {
    return digits(Digits.given(64), Digits.taken(64), "42")
        .or(new Form("integer").between(Long.MIN_VALUE, Long.MAX_VALUE));
  }

  private static ScalarSchema floats(String format, String most, String nothing, String taken) {
    BigDecimal limit = new BigDecimal(most);
    BigDecimal zero = new BigDecimal(nothing);
    Form number = new Form("number").with("format", format).between(limit.negate(), limit);
    Form text = Form.digits(taken);
    return new ScalarSchema(
        List.of(number, Form.string(Patterns.NO_NUMBER)),
        List.of(number.not(new Form("number").between(zero.negate(), zero).not(ZERO)), text),
        Form.string(Patterns.FLOAT_GIVEN),
        text,
        "0.5");
  }

  /** With another form that may come in. */
  private ScalarSchema or(Form other) {
    return new ScalarSchema(given, List.of(taken.get(0), other), nameGiven, nameTaken, example);
  }

  /** Without the texts in which the pattern is found. */
  private ScalarSchema not(String pattern) {
    Form refused = Form.matching(pattern);
    return of(given.get(0).not(refused), taken.get(0).not(refused), example);
  }

  /** With a keyword of the usual forms. */
  private ScalarSchema with(String keyword, Object value) {
    return new ScalarSchema(
        List.of(given.get(0).with(keyword, value)),
        List.of(taken.get(0).with(keyword, value)),
        nameGiven,
        nameTaken,
        example);
  }
}
