/** Bytes while they are made of others, of which there may be no more than so many. */
@CheckReturnValue
package dev.ringlet.bytes;

import com.google.errorprone.annotations.CheckReturnValue;
