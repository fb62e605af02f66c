package dev.ringlet.request;

/** What POST does with the rows of its body: {@code op=insert}, which is the default, or delete. */
public enum RowOperation {
  INSERT,
  DELETE
}
