// SPDX-License-Identifier: Apache-2.0
/**
 * Plans of ScaleUp: how many replicas a workload may have next. Where an autoscaler owns the
 * replicas its maximum is raised, because it would take any other number back. A number is only
 * ever raised.
 */
@NullMarked
package io.heal8s.operator.plan.scaleup;

import org.jspecify.annotations.NullMarked;
