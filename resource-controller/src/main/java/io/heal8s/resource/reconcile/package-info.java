// SPDX-License-Identifier: Apache-2.0
/**
 * The reconcile loop over PostgreSQL: claim, call the plugin, record. A claim is a lease with a
 * fencing token, so that two processes never record the same run. No transaction is open while a
 * plugin works.
 */
@NullMarked
package io.heal8s.resource.reconcile;

import org.jspecify.annotations.NullMarked;
