package dev.ringlet.row;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import java.util.Map;
import java.util.Optional;

/** The types of which values are made here, and what stands in a body for one. */
public final class MadeTypes {
  private static final String NOW = "$now";

  private static final Map<DataType, String> MEMBERS =
      Map.of(
          DataTypes.TIMESTAMP, NOW,
          DataTypes.DATE, NOW,
          DataTypes.TIME, NOW,
          DataTypes.TIMEUUID, NOW,
          DataTypes.UUID, "$uuid");

  private MadeTypes() {}

  /** The one member of an object that is such a value, if the type has them. */
  public static Optional<String> member(DataType type) {
    return Optional.ofNullable(MEMBERS.get(type));
  }

  /** All of the object. */
  static Optional<String> object(DataType type) {
    return member(type).map(member -> "{\"" + member + "\": true}");
  }
}
