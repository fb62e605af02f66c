package dev.ringlet.row;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import dev.ringlet.error.ApiException;
import dev.ringlet.value.Codec;
import dev.ringlet.value.Codecs;
import dev.ringlet.value.CqlType;
import dev.ringlet.value.InvalidValueException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What was probably meant by a text that is not of its column's type. Only what is of the type is
 * suggested.
 */
final class ValueHints {
  /** What makes a value in CQL, in SQL and elsewhere. */
  private static final Pattern CALL =
      Pattern.compile(
          "(?i)\"(.*(now|uuid|generate_v4|generate_v1|currenttimestamp|currentdate"
              + "|currenttime|currenttimeuuid|sysdate|getdate|newid)\\(.*|\\$?now|\\$?uuid|current_\\w+"
              + "|sysdate|localtime(stamp)?|today)\"");

  /** As programs write values of any type. */
  private static final List<UnaryOperator<String>> FORMS =
      List.of(ValueHints::unquoted, String::strip);

  private static final List<UnaryOperator<String>> OF_UUIDS =
      List.of(
          text -> text.replaceFirst("^(?:urn:uuid:|\\{)(.*?)}?$", "$1"),
          text -> text.replaceFirst("^(.{8})(.{4})(.{4})(.{4})(.{12})$", "$1-$2-$3-$4-$5"));

  private static final Map<DataType, List<UnaryOperator<String>>> OF_TYPES =
      Map.of(
          DataTypes.BOOLEAN,
          List.of(
              text -> text.toLowerCase(Locale.ROOT),
              text -> text.replaceFirst("(?i)^(yes|y|on|1|t)$", "true"),
              text -> text.replaceFirst("(?i)^(no|n|off|0|f)$", "false")),
          DataTypes.DATE,
          List.of(
              text -> text.replace('/', '-'),
              text -> text.replaceFirst("^(.{4})(..)(..)$", "$1-$2-$3"),
              text -> text.replaceFirst("[T ].*", "")),
          DataTypes.TIMESTAMP,
          List.of(
              text -> text.replaceFirst(" ([0-9:]+)$", "+$1"),
              text -> text + "T00:00:00Z",
              text -> text.replaceFirst(" ", "T"),
              text -> text.replaceFirst(" ", "T") + "Z"),
          DataTypes.UUID,
          OF_UUIDS,
          DataTypes.TIMEUUID,
          OF_UUIDS,
          DataTypes.INT,
          List.of(text -> text.replaceFirst("^\\+", "")),
          DataTypes.BLOB,
          List.of(text -> text.replace(' ', '+')));

  /** Of which JSON has strings alone. */
  private static final Set<DataType> OF_TEXT =
      Set.of(
          DataTypes.TEXT,
          DataTypes.ASCII,
          DataTypes.DATE,
          DataTypes.TIME,
          DataTypes.UUID,
          DataTypes.TIMEUUID,
          DataTypes.INET,
          DataTypes.DURATION);

  private ValueHints() {}

  /**
   * @param e whose pointer is empty for a text in a path, a filter or CSV
   */
  static Optional<String> of(CqlType cqlType, InvalidValueException e) {
    DataType type = cqlType.dataType();
    boolean inside = e.pointer().lastIndexOf('/') > 0; // of a value that has parts
    if (inside || e.got().endsWith("…")) {
      return Optional.empty();
    }
    if (!e.pointer().isEmpty() && OF_TEXT.contains(type) && e.got().matches("[0-9].*")) {
      return Optional.of("In JSON it is in double quotes.");
    }
    if (!e.pointer().isEmpty() && CALL.matcher(e.got()).matches()) {
      return MadeTypes.object(type).map(made -> "The value is made here by " + made);
    }
    Codec codec = Codecs.of(cqlType);
    String text = unquoted(e.got());
    return Stream.concat(OF_TYPES.getOrDefault(type, List.of()).stream(), FORMS.stream())
        .map(form -> form.apply(text))
        .filter(form -> !form.equals(e.got()) && fits(codec, form))
        .findFirst()
        .map(form -> hint(form, e));
  }

  private static String unquoted(String text) {
    return text.replaceFirst("^(['\"])(.*)\\1$", "$2");
  }

  private static String hint(String form, InvalidValueException e) {
    boolean plus = e.pointer().isEmpty() && form.indexOf('+') > 0 && e.got().indexOf('+') < 0;
    return plus ? "In a query a plus sign is %2B: " + form.replace("+", "%2B") : "Write " + form;
  }

  private static boolean fits(Codec codec, String text) {
    try {
      return codec.parse(text) != null;
    } catch (InvalidValueException | ApiException e) {
      return false;
    }
  }
}
