// SPDX-License-Identifier: Apache-2.0
/**
 * In which pods a command runs, and what people may read of it. The account that it runs as is part
 * of the plan. Nothing here runs it.
 */
@NullMarked
package io.heal8s.operator.plan.execcommand;

import org.jspecify.annotations.NullMarked;
