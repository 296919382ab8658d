// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.intent;

import org.jspecify.annotations.Nullable;

/**
 * Reply of a forge to an {@link Inquiry}.
 *
 * @param base the base branch's file; null when it was not asked for
 * @param sighting what there is under the branch
 */
public record View(@Nullable BaseFile base, Sighting sighting) {}
