/**
 * Which rows a request is about, whether the caller may reach them, and how Cassandra would find
 * them.
 */
@CheckReturnValue
package dev.ringlet.guard;

import com.google.errorprone.annotations.CheckReturnValue;
