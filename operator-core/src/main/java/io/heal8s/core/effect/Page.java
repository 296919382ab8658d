// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items the objects
 * @param resourceVersion version of the whole list, from which a watch can go on
 * @param next token of the next page, null on the last
 */
public record Page<T>(List<T> items, String resourceVersion, @Nullable String next) {}
