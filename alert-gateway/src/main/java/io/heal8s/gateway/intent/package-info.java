// SPDX-License-Identifier: Apache-2.0
/**
 * What the gateway speaks of: the alerts that came in and what is to be done about each. Sources
 * make the first, routing turns them into the second, the intake executes them. Values only: no
 * client, no parser, no clock.
 */
@NullMarked
package io.heal8s.gateway.intent;

import org.jspecify.annotations.NullMarked;
