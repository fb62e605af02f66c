@CheckReturnValue
package dev.ringlet.model;

import com.google.errorprone.annotations.CheckReturnValue;
