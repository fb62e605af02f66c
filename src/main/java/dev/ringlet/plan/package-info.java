/**
 * Turns a request on a table into the statement that will run: CQL text with bind markers, and
 * typed values. Pure; nothing is sent from here.
 */
@CheckReturnValue
package dev.ringlet.plan;

import com.google.errorprone.annotations.CheckReturnValue;
