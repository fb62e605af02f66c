/** What takes minutes and a cluster whose nodes are killed, paused and started again. */
@CheckReturnValue
package dev.ringlet.faults;

import com.google.errorprone.annotations.CheckReturnValue;
