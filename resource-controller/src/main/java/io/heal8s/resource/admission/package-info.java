// SPDX-License-Identifier: Apache-2.0
/**
 * Asks others before something is stored: webhooks, and a policy server. All calls go through the
 * client that cannot be led to inside addresses. What they change is judged again by whoever asked.
 */
@NullMarked
package io.heal8s.resource.admission;

import org.jspecify.annotations.NullMarked;
