// SPDX-License-Identifier: Apache-2.0
/**
 * Tells people when a resource begins to fail and when it is well again. What is to be told follows
 * from the published events, so it is told though every process was down meanwhile, and by one of
 * them. Each way of telling has a place of its own in the events: one that is away holds up no
 * other.
 */
@NullMarked
package io.heal8s.resource.notify;

import org.jspecify.annotations.NullMarked;
