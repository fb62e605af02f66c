/**
 * What the cluster's tables look like: a view on the driver's own metadata, narrowed to what is
 * exposed.
 */
@CheckReturnValue
package dev.ringlet.schema;

import com.google.errorprone.annotations.CheckReturnValue;
