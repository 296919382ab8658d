// SPDX-License-Identifier: Apache-2.0
/**
 * A small world in which the real observers, judges and executor run: an API server in memory with
 * resourceVersions and a lagging cache, a deployment controller, a pr service, a GitOps agent and
 * people. A process can be killed before and after every call. Time is turned by hand.
 */
@NullMarked
package io.heal8s.operator.sim;

import org.jspecify.annotations.NullMarked;
