// SPDX-License-Identifier: Apache-2.0
/**
 * From a number of replicas to a change of the workload that has them. Where an autoscaler sets
 * them it says no instead of fighting it. Nothing here reads or writes.
 */
@NullMarked
package io.heal8s.operator.plan.scaleto;

import org.jspecify.annotations.NullMarked;
