/**
 * The life of the session with Cassandra: how it is opened, lost and replaced, and its settings.
 */
@CheckReturnValue
package dev.ringlet.session;

import com.google.errorprone.annotations.CheckReturnValue;
