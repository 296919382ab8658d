// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.policy;

import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicy;
import io.heal8s.core.decide.Snapshot;

/**
 * One policy.
 *
 * @param policy as the cache has it
 */
public record PolicySnapshot(RemediationPolicy policy) implements Snapshot {}
