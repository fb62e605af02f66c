/**
 * The syntax of bodies, whatever they are about: JSON texts, the lines of NDJSON, the records of
 * CSV and their fields.
 */
@CheckReturnValue
package dev.ringlet.body;

import com.google.errorprone.annotations.CheckReturnValue;
