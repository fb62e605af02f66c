/**
 * What is there for people: the files of pages, and {@code /}, which says what is where. Nothing of
 * Cassandra is in it, so it needs no credentials and no connection.
 */
@CheckReturnValue
package dev.ringlet.site;

import com.google.errorprone.annotations.CheckReturnValue;
