/**
 * What the cluster's tables look like: the driver's own metadata as tables of columns, narrowed to
 * what is exposed. The driver's classes stay in here.
 */
@CheckReturnValue
package dev.ringlet.schema;

import com.google.errorprone.annotations.CheckReturnValue;
