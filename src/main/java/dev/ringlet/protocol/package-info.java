/** What is HTTP, and what is answered to anything else, before a request is let in. */
@CheckReturnValue
package dev.ringlet.protocol;

import com.google.errorprone.annotations.CheckReturnValue;
