package dev.ringlet.protocol;

import dev.ringlet.error.ApiException;
import io.netty.handler.codec.DecoderResult;

/**
 * How a request was read that cannot be answered but with this. The server takes it for one that
 * was read well, and so has it refused in its turn.
 */
public final class Refused extends DecoderResult {
  private final ApiException fault;

  Refused(ApiException fault) {
    super(SIGNAL_SUCCESS);
    this.fault = fault;
  }

  ApiException fault() {
    return fault;
  }
}
