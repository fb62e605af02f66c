/**
 * What k8s/ renders to, held against Kubernetes' own types, against rules, and against the
 * application.
 */
@CheckReturnValue
package dev.ringlet.k8s;

import com.google.errorprone.annotations.CheckReturnValue;
