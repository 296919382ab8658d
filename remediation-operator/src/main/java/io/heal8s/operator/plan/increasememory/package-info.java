// SPDX-License-Identifier: Apache-2.0
/**
 * Plans of IncreaseMemory: how much memory a container gets next. It starts from what the pods
 * really have and never ends below what the template says. All arithmetic is exact.
 */
@NullMarked
package io.heal8s.operator.plan.increasememory;

import org.jspecify.annotations.NullMarked;
