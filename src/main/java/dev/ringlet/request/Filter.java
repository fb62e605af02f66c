package dev.ringlet.request;

import java.util.List;

/**
 * {@code column=op.value}.
 *
 * @param operands the text of the value; of {@code in} as many as there are, of {@code entry} key
 *     and value
 */
public record Filter(String column, Operator operator, List<String> operands) {
  public Filter {
    operands = List.copyOf(operands);
  }
}
