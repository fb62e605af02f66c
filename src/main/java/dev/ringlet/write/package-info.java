/** The carrying out of writes: conditions and the turns at a partition, many rows, and batches. */
@CheckReturnValue
package dev.ringlet.write;

import com.google.errorprone.annotations.CheckReturnValue;
