// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.observe;

/** Is told of changes of cached objects; must be quick and must not block. */
@FunctionalInterface
public interface ChangeListener<T> {

  /** One object changed. */
  void changed(Change<T> change);
}
