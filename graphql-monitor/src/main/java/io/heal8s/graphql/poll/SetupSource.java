// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import io.heal8s.core.effect.ObjectKey;
import org.jspecify.annotations.Nullable;

/** Knows how apps are to be polled; may block, for a Secret. */
@FunctionalInterface
public interface SetupSource {

  /**
   * How it is to be polled now.
   *
   * @param known what was answered before; returned again while nothing changed
   */
  Setup of(ObjectKey app, @Nullable Setup known);
}
