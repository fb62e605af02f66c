/**
 * What callers see, over HTTP alone, against a real Cassandra. Each test runs in the JVM and on the
 * packaged application.
 */
package dev.ringlet.feature;
