/**
 * The only room that talks to Cassandra: the session, prepared statements, their settings, and the
 * meaning of failures.
 */
@CheckReturnValue
package dev.ringlet.cql;

import com.google.errorprone.annotations.CheckReturnValue;
