/**
 * What can go wrong, as callers see it: the codes, and the exception that carries one. Every other
 * room may use it.
 */
@CheckReturnValue
package dev.ringlet.error;

import com.google.errorprone.annotations.CheckReturnValue;
