// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.heal8s.remediationpolicy;

import io.heal8s.core.api.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator thinks of a policy.
 *
 * @param observedGeneration generation that was judged
 * @param conditions Ready, Stalled
 */
public record RemediationPolicyStatus(
    @Nullable Long observedGeneration, @Nullable List<Condition> conditions) {}
