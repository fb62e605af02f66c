/**
 * CQL values as JSON and as text: one table of scalar types, and containers derived from their
 * elements. Values travel as the bytes of the native protocol, in both directions.
 */
@CheckReturnValue
package dev.ringlet.value;

import com.google.errorprone.annotations.CheckReturnValue;
