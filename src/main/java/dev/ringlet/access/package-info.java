/**
 * Who a caller is and what they may: pure data, from grants or rules. What is planned, described or
 * explained asks here, so that these cannot disagree.
 */
@CheckReturnValue
package dev.ringlet.access;

import com.google.errorprone.annotations.CheckReturnValue;
