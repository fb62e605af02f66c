/**
 * A real Cassandra in a child JVM, for development, tests, and the archive of classes of an image.
 * The packaged application has nothing of it.
 */
@CheckReturnValue
package dev.ringlet.local;

import com.google.errorprone.annotations.CheckReturnValue;
