package dev.ringlet.write;

import dev.ringlet.admission.Call;
import dev.ringlet.bytes.Room;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.plan.WritePlan;

/**
 * Room in memory for the statements of a batch, which is made for one after the other as they are
 * planned.
 */
public final class BatchRoom {
  private final Call call;
  private final Room values;
  private long memory;

  /**
   * @param bytes of the text that they are made of
   */
  public BatchRoom(Call call, long bytes) {
    this.call = call;
    this.values = new Room(bytes);
  }

  /**
   * @throws ApiException {@link ErrorCode#LIMIT_EXCEEDED} if they are too many for any room, {@link
   *     ErrorCode#OVERLOADED} if there is none now
   */
  public void take(WritePlan plan) {
    values.take(plan.bytes());
    memory += plan.memory();
    call.inFlight().keepAtLeast(memory);
  }
}
