// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.gate;

import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.operator.target.LiveObject;

/**
 * What was read just now to judge one that would act otherwise.
 *
 * @param plan the plan made from that reading
 * @param live the target
 * @param healthy whether the target is healthy now; asked only where {@link Gate#asksForHealth}
 * @param guarded whether approvals are guarded; asked only where {@link Gate#asksForGuard}
 */
public record FreshFacts(Plan plan, LiveObject live, boolean healthy, boolean guarded) {}
