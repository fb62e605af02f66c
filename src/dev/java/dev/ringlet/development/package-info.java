/**
 * What {@code quarkus:dev} has besides the product: CQL over HTTP, patience, and a greeting. The
 * packaged application has nothing of it.
 */
@CheckReturnValue
package dev.ringlet.development;

import com.google.errorprone.annotations.CheckReturnValue;
