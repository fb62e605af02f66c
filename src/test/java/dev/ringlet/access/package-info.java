@CheckReturnValue
package dev.ringlet.access;

import com.google.errorprone.annotations.CheckReturnValue;
