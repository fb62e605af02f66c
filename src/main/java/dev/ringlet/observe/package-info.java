/** What the outside can see of this process: health. */
@CheckReturnValue
package dev.ringlet.observe;

import com.google.errorprone.annotations.CheckReturnValue;
