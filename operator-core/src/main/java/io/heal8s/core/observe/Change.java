// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.observe;

import io.heal8s.core.effect.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * One change of a cached object.
 *
 * @param key which object
 * @param before what was known before, null if it is new
 * @param after what is known now, null if it is gone
 * @param listed whether it was found by a list rather than told by the watch: work that may wait
 *     for what happened just now
 */
public record Change<T>(ObjectKey key, @Nullable T before, @Nullable T after, boolean listed) {}
