/** The settings under {@code ringlet.*} and the checks that refuse a bad one at startup. */
@CheckReturnValue
package dev.ringlet.config;

import com.google.errorprone.annotations.CheckReturnValue;
