/**
 * What is let in: the limit of requests under way and of bytes in memory, refusals, and whatever
 * touches the HTTP server's insides.
 */
@CheckReturnValue
package dev.ringlet.admission;

import com.google.errorprone.annotations.CheckReturnValue;
