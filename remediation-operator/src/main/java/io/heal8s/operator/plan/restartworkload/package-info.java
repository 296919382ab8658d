// SPDX-License-Identifier: Apache-2.0
/**
 * Plans of RestartWorkload: the annotation by which {@code kubectl rollout restart} replaces all
 * pods. Its value is the time at which the Remediation was created. So planning twice, or after a
 * crash, asks for one restart and not for two.
 */
@NullMarked
package io.heal8s.operator.plan.restartworkload;

import org.jspecify.annotations.NullMarked;
