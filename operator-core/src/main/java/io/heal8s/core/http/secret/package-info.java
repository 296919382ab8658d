// SPDX-License-Identifier: Apache-2.0
/**
 * Values that must never be seen, and the mask for texts that might hold them. Secrets come from
 * mounted files that may change at any time. Whatever goes to a status, an event or a log passes
 * through {@link io.heal8s.core.http.secret.Redactor} first.
 */
@NullMarked
package io.heal8s.core.http.secret;

import org.jspecify.annotations.NullMarked;
