// SPDX-License-Identifier: Apache-2.0
/**
 * Whether a plan may act now: the policy's limits, other Remediations of the same target, people's
 * approvals and refusals. The order of the rules is part of the contract and is written down in
 * {@link io.heal8s.operator.gate.Gate}. Pure: what must be read first is the caller's affair.
 */
@NullMarked
package io.heal8s.operator.gate;

import org.jspecify.annotations.NullMarked;
