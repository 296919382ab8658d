// SPDX-License-Identifier: Apache-2.0
/**
 * The one place that knows every planner. It switches over the sealed actions without a default, so
 * a new action does not compile before it is planned here. Id, diff and repository are added here
 * too, the same for all.
 */
@NullMarked
package io.heal8s.operator.plan.dispatch;

import org.jspecify.annotations.NullMarked;
