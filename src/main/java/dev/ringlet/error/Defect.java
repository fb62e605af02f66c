package dev.ringlet.error;

import java.util.UUID;
import org.jboss.logging.Logger;

/** What nobody foresaw: the caller is told an id, under which the log has the rest. */
public final class Defect {
  private static final Logger LOG = Logger.getLogger(Defect.class);

  private Defect() {}

  /** What a caller is told of any failure. One that is a defect of ours is logged under an id. */
  public static ApiException known(Throwable failure) {
    if (failure instanceof ApiException known) {
      return known;
    }
    String id = UUID.randomUUID().toString();
    LOG.errorf(failure, "Internal error %s", id);
    return new ApiException(
            ErrorCode.INTERNAL, "Something went wrong; the log has it under this id.")
        .with("id", id);
  }
}
