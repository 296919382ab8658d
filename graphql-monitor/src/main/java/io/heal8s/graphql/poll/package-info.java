// SPDX-License-Identifier: Apache-2.0

/**
 * Asks every application at its fixed rate, never twice at once, and keeps one that is slow or dead
 * from costing the others anything. An app at rest is a wake-up and a few fields, no thread. What
 * an answer means is judged elsewhere; here is only when to ask and what came of it.
 */
@NullMarked
package io.heal8s.graphql.poll;

import org.jspecify.annotations.NullMarked;
