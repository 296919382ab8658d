// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Keys of recorded intents: one for an effect, the same after a restart. */
final class RecordedKeys {

  private final RemediationCache cache;

  RecordedKeys(RemediationCache cache) {
    this.cache = cache;
  }

  /** Of an object whose effect is recorded. */
  static String of(Remediation base) {
    RecordedIntent intent = Objects.requireNonNull(base.statusOrEmpty().intent());
    return intent.key();
  }

  /** All that there are now. */
  Set<String> all() {
    return cache.withEffects().stream()
        .map(one -> one.statusOrEmpty().intent())
        .filter(Objects::nonNull)
        .map(RecordedIntent::key)
        .collect(Collectors.toSet());
  }
}
