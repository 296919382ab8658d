// SPDX-License-Identifier: Apache-2.0
/**
 * What the cluster looks like, as a copy in memory that a watch keeps current. The client's own
 * informers are not used, see {@link io.heal8s.core.observe.Reflector} for why; ours report one
 * state per kind, which readiness and one log line are made of. Before a loop decides, {@link
 * io.heal8s.core.observe.OwnWrites} says whether the copy already shows what the loop itself wrote.
 */
@NullMarked
package io.heal8s.core.observe;

import org.jspecify.annotations.NullMarked;
