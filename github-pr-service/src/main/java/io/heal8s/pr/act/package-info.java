// SPDX-License-Identifier: Apache-2.0
/**
 * Asks forges what a decision needs and executes what was decided. The only place that writes: to
 * forges through their port and to our fields of a Remediation's status. Every effect at a forge is
 * between two writes of status, or is found again by its branch and marker.
 */
@NullMarked
package io.heal8s.pr.act;

import org.jspecify.annotations.NullMarked;
