/** A real Cassandra in a child JVM, for development and tests. Nothing of it runs in production. */
@CheckReturnValue
package dev.ringlet.local;

import com.google.errorprone.annotations.CheckReturnValue;
