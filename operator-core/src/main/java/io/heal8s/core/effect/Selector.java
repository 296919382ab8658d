// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import org.jspecify.annotations.Nullable;

/**
 * Which objects of a kind.
 *
 * @param namespace only those of this namespace, null for all
 * @param labels label selector as {@code kubectl -l} takes it, null for all
 * @param fields field selector, null for all
 */
public record Selector(
    @Nullable String namespace, @Nullable String labels, @Nullable String fields) {

  /** Every object of the kind. */
  public static final Selector ALL = new Selector(null, null, null);

  /** Every object of one namespace. */
  public static Selector namespace(String namespace) {
    return new Selector(namespace, null, null);
  }

  /** The same, only with these labels. */
  public Selector withLabels(String selector) {
    return new Selector(namespace, selector, fields);
  }
}
