package dev.ringlet.request;

import java.util.Locale;

/**
 * What POST does with the rows of its body: {@code op=insert}, which is the default, and others.
 */
public enum RowOperation {
  INSERT,
  /** Changes each as PATCH does. */
  MERGE,
  DELETE;

  /** As the query has it. */
  public String parameter() {
    return "op=" + name().toLowerCase(Locale.ROOT);
  }
}
