/**
 * OpenAPI documents: the tables that there are for a caller, what the caller may do with them, and
 * how that is asked for. It is all said by the rooms that do it.
 */
@CheckReturnValue
package dev.ringlet.openapi;

import com.google.errorprone.annotations.CheckReturnValue;
