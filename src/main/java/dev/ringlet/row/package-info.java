/**
 * What a row says: the typed values of its columns, as a body has them in JSON or CSV, the changes
 * that a PATCH makes to them, and which of them Cassandra can store.
 */
@CheckReturnValue
package dev.ringlet.row;

import com.google.errorprone.annotations.CheckReturnValue;
