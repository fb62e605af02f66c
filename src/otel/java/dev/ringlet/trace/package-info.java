/**
 * W3C trace context: a span a statement, below that of its request. Only in builds with the profile
 * {@code otel}.
 */
@CheckReturnValue
package dev.ringlet.trace;

import com.google.errorprone.annotations.CheckReturnValue;
