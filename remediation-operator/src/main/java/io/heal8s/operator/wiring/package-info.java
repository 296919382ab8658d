// SPDX-License-Identifier: Apache-2.0
/**
 * Puts the operator together: settings, ports on the cluster, the two loops and the start. Nothing
 * else knows Spring. A wrong setting ends the start with the name of the setting.
 */
@NullMarked
package io.heal8s.operator.wiring;

import org.jspecify.annotations.NullMarked;
