/** What others make of the OpenAPI document: validators and generated clients. */
@CheckReturnValue
package dev.ringlet.clients;

import com.google.errorprone.annotations.CheckReturnValue;
