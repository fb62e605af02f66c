/**
 * Reads what the client sent, before anything is known of the cluster: paths and parameters become
 * records.
 */
@CheckReturnValue
package dev.ringlet.request;

import com.google.errorprone.annotations.CheckReturnValue;
