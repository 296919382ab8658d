// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a role may see beyond resources. */
public enum SystemPermission {
  VIEW_WEBHOOKS,
  VIEW_PLUGINS;

  /** The word on the wire. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The permission behind a word; empty when there is none. */
  public static Optional<SystemPermission> of(String word) {
    return Arrays.stream(values()).filter(permission -> permission.word().equals(word)).findFirst();
  }
}
