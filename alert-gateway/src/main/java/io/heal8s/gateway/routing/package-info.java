// SPDX-License-Identifier: Apache-2.0
/**
 * Which repair an alert asks for: route, target, severity, name, and whether an earlier attempt
 * stands in its way. Pure judgement over values: no client, no Spring, no clock. Everything an
 * alert says is taken as hostile text.
 */
@NullMarked
package io.heal8s.gateway.routing;

import org.jspecify.annotations.NullMarked;
