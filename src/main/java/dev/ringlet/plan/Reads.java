package dev.ringlet.plan;

import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import jakarta.inject.Singleton;

/** Plans what GET reads. */
@Singleton
public final class Reads {
  private final int pageSize;

  Reads(RingletConfig config) {
    this.pageSize = config.pageSize().standard();
  }

  /**
   * A row, a partition or a slice of one.
   *
   * @throws ApiException {@link ErrorCode#PARTITION_KEY_REQUIRED}
   */
  public ReadPlan plan(Target target) {
    if (target.isTable()) {
      throw Target.partitionKeyRequired(target.table().partitionKey());
    }
    return new ReadPlan(
        CqlText.select(target), target.key(), target.isRow() ? 1 : pageSize, target.isRow());
  }
}
