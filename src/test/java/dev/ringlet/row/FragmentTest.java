package dev.ringlet.row;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.datastax.oss.driver.api.core.type.DataTypes;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class FragmentTest {
  private static final Table TABLE =
      Tables.table("t")
          .partitionKey("a", DataTypes.INT)
          .regular("B", DataTypes.INT)
          .regular("c", DataTypes.BIGINT)
          .build();
  private static final Column A = TABLE.require("a");
  private static final Column B = TABLE.require("B");
  private static final Value ONE = Value.parse(A, "1");
  private static final Value TWO = Value.parse(B, "2");

  @Test
  void valuesGoWithTheirMarkers() {
    Fragment b = Fragment.equal(B, TWO);
    Fragment a = Fragment.equal(A, ONE).after(" WHERE ");
    Fragment one = Fragment.concat(Fragment.of("SET "), b, Fragment.NONE, a);
    assertEquals(new Fragment("SET \"B\" = ? WHERE a = ?", List.of(TWO, ONE)), one);
    assertEquals(b, Fragment.concat(Fragment.NONE, b));
    Fragment other = Fragment.concat(a, b.after(" AND "));
    assertEquals(new Fragment(" WHERE a = ? AND \"B\" = ?", List.of(ONE, TWO)), other);
  }

  @Test
  void separatorsAreBetween() {
    assertEquals(
        new Fragment(" SET a = ?, \"B\" = ?", List.of(ONE, TWO)),
        Fragment.join(" SET ", ", ", List.of(Fragment.equal(A, ONE), Fragment.equal(B, TWO))));
    assertEquals(
        new Fragment(" SET a = ?", List.of(ONE)),
        Fragment.join(" SET ", ", ", List.of(Fragment.equal(A, ONE))));
  }

  @Test
  void aValueIsItsNameItsTypeItsBytesAndWhetherItIsSet() {
    assertEquals(ONE, Value.of(A, ByteBuffer.allocate(4).putInt(1).flip()));
    assertEquals(ONE.hashCode(), Value.parse(A, "1").hashCode());
    for (Value other :
        List.of(
            TWO,
            Value.parse(A, "2"),
            Value.parse(B, "1"),
            Value.parse(A, TABLE.require("c").type(), "1"),
            Value.ofNull(A),
            Value.unset(A),
            Value.expected(A))) {
      assertNotEquals(ONE, other);
    }
    assertNotEquals(Value.ofNull(A), Value.unset(A));
    assertNotEquals(Value.expected(A), Value.unset(A));
  }

  @Test
  void onlyWhatIsExpectedIsTakenFromARow() {
    ByteBuffer bytes = ByteBuffer.allocate(4).putInt(1).flip();
    assertEquals(ONE, Value.expected(A).in(column -> column.equals("a") ? bytes : null));
    assertEquals(Value.ofNull(B), Value.expected(B).in(column -> null));
    for (Value value : List.of(ONE, Value.unset(A), Value.ofNull(A))) {
      assertEquals(value, value.in(column -> ByteBuffer.allocate(0)));
    }
  }
}
