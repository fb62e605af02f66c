/** What the headers of a request ask for. */
@CheckReturnValue
package dev.ringlet.header;

import com.google.errorprone.annotations.CheckReturnValue;
