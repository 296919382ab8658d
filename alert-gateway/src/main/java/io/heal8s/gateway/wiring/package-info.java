// SPDX-License-Identifier: Apache-2.0
/**
 * Puts the gateway together: settings, the webhooks on their ports, and the start. Nothing else
 * knows Spring. A wrong setting ends the start with the name of the setting.
 */
@NullMarked
package io.heal8s.gateway.wiring;

import org.jspecify.annotations.NullMarked;
