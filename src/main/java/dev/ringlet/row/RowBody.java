package dev.ringlet.row;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import java.util.List;
import java.util.Map;

/**
 * A row as it came in a body. What is wrong with it is thrown when it is read; however often that
 * is, what is made for it stays the same.
 */
public interface RowBody {

  /**
   * The columns that it names, with their values.
   *
   * @throws ApiException {@link ErrorCode#INVALID_JSON}, {@link ErrorCode#INVALID_CSV}, {@link
   *     ErrorCode#UNKNOWN_COLUMN}, {@link ErrorCode#INVALID_VALUE}, {@link
   *     ErrorCode#LIMIT_EXCEEDED}
   */
  Map<Column, Value> values(Table table);

  /**
   * The columns that it names, with what a PATCH makes of them; those of the key just have values.
   *
   * @throws ApiException as {@link #values}
   */
  Map<Column, List<Assignment>> changes(Table table);
}
