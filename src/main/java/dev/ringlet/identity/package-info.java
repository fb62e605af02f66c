/**
 * Finds out who sends a request: by a token, an API key or a client certificate, before anything of
 * its body is read.
 */
@CheckReturnValue
package dev.ringlet.identity;

import com.google.errorprone.annotations.CheckReturnValue;
