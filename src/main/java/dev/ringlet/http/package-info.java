/** The edge: resources that read as the pipeline, and their responses. */
@CheckReturnValue
package dev.ringlet.http;

import com.google.errorprone.annotations.CheckReturnValue;
