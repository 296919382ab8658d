// SPDX-License-Identifier: Apache-2.0
/**
 * The action plugin {@code http}: calls an address of the resource's configuration to apply and to
 * destroy. An answer 202 with a Location is followed until that says it is done. Every address goes
 * through the outbound guard, and no answer is ever quoted in a message.
 */
@NullMarked
package io.heal8s.resource.plugin.action.http;

import org.jspecify.annotations.NullMarked;
