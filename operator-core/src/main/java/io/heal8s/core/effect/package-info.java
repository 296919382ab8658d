// SPDX-License-Identifier: Apache-2.0
/**
 * The ways to read from and write to the API server on demand. Every call answers with data: what
 * the server refused is an {@link io.heal8s.core.effect.ApiFailure}, never an exception, so that a
 * conflict or a missing right is a case of a switch. Objects of other people are changed by JSON
 * Patch with tests, our own by server-side apply; nothing here sends a whole object that it read.
 */
@NullMarked
package io.heal8s.core.effect;

import org.jspecify.annotations.NullMarked;
