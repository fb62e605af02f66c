/** CloudEvents: what each must have, and the row that it brings. */
@CheckReturnValue
package dev.ringlet.event;

import com.google.errorprone.annotations.CheckReturnValue;
