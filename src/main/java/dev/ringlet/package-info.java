/** The stages of a request are the packages below; here is only where the process begins. */
@CheckReturnValue
package dev.ringlet;

import com.google.errorprone.annotations.CheckReturnValue;
