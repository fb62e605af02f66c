/** The edge: resources, response encoders, and the one place where an error becomes a response. */
@CheckReturnValue
package dev.ringlet.http;

import com.google.errorprone.annotations.CheckReturnValue;
