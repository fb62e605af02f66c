/** What the documentation says in tables and links, so that tests can hold it against the truth. */
@CheckReturnValue
package dev.ringlet.docs;

import com.google.errorprone.annotations.CheckReturnValue;
