/** What values look like in JSON, said in JSON Schema (2020-12) as OpenAPI 3.1 has it. */
@CheckReturnValue
package dev.ringlet.shape;

import com.google.errorprone.annotations.CheckReturnValue;
