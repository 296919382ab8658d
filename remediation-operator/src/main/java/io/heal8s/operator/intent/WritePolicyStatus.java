// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.intent;

import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicy;
import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicyStatus;
import io.heal8s.core.decide.Intent;

/**
 * Write the status of a policy, all of which is the operator's.
 *
 * @param policy as it was read
 * @param status what it should be
 */
public record WritePolicyStatus(RemediationPolicy policy, RemediationPolicyStatus status)
    implements Intent {}
