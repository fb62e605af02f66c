/** Measures Ringlet beside what it is compared with. Of the product it uses the local Cassandra. */
@CheckReturnValue
package dev.ringlet.bench;

import com.google.errorprone.annotations.CheckReturnValue;
