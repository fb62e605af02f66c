/** Rows, descriptions and problems as bytes: JSON, NDJSON and CSV; entity tags, and gzip. */
@CheckReturnValue
package dev.ringlet.encode;

import com.google.errorprone.annotations.CheckReturnValue;
