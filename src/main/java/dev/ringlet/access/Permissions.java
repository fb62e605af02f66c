package dev.ringlet.access;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Visibility;
import java.util.List;

/** What a caller may, and so what there is for them. */
public interface Permissions extends Visibility {
  /**
   * What allows them to do something with a table: one of these is enough. The widest is the first;
   * there is none for a table that they may do nothing with.
   *
   * @throws ApiException {@link ErrorCode#SCHEMA_CHANGING} if that is not known of the table as it
   *     is now
   */
  List<Permission> of(Table table);
}
