/**
 * A real Cassandra in a child JVM, for development and tests. The packaged application has nothing
 * of it.
 */
@CheckReturnValue
package dev.ringlet.local;

import com.google.errorprone.annotations.CheckReturnValue;
