// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import org.jspecify.annotations.Nullable;

/**
 * The namespace that the suite is installed in; its RemediationPolicy is the cluster policy.
 *
 * @param name never empty
 */
public record SuiteNamespace(String name) {

  /** What the charts use unless told otherwise. */
  public static final String DEFAULT = "heal8s-system";

  static SuiteNamespace of(@Nullable String setting, @Nullable String podNamespace) {
    if (setting != null && !setting.isBlank()) {
      return new SuiteNamespace(setting);
    }
    return podNamespace == null || podNamespace.isBlank()
        ? new SuiteNamespace(DEFAULT)
        : new SuiteNamespace(podNamespace);
  }
}
