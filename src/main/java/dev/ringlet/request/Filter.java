package dev.ringlet.request;

import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code column=op.value}, {@code column[key]=op.value}, or {@code
 * (column,column)=op.(value,value)}.
 *
 * @param places what is compared: several are compared together, as CQL compares tuples
 * @param operands the text of the value; of {@code in} as many as there are, of {@code entry} key
 *     and value; of several places one for each, again and again
 */
public record Filter(List<Place> places, Operator operator, List<String> operands) {
  public Filter {
    places = List.copyOf(places);
    operands = List.copyOf(operands);
  }

  public Filter(String column, Operator operator, List<String> operands) {
    this(List.of(Place.of(column)), operator, operands);
  }

  /** The first of what is compared. */
  public Place place() {
    return places.get(0);
  }

  /** The columns compared, with commas. */
  public String column() {
    return places.stream().map(Place::column).collect(Collectors.joining(","));
  }

  public boolean isTuple() {
    return places.size() > 1;
  }
}
