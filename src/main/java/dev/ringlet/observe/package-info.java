/**
 * What the outside can see of this process: health, metrics, the access log. The stages tell it
 * what a request is about; it never decides anything.
 */
@CheckReturnValue
package dev.ringlet.observe;

import com.google.errorprone.annotations.CheckReturnValue;
