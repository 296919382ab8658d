// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.secret;

import java.util.Collection;

/** The secrets that this process holds at this moment; they change when mounted files change. */
@FunctionalInterface
public interface KnownSecrets {
  /**
   * Lists them.
   *
   * @return any number of secrets, in any order; called for each text that is masked
   */
  Collection<Secret> current();
}
