// SPDX-License-Identifier: Apache-2.0
/**
 * Decides what happens next to the pull requests of one Remediation: look, propose, wait, record,
 * withdraw. Pure: a Remediation and a forge's answer go in, at most one intent comes out. All texts
 * that people read at a forge are made here too, with everything that came from outside made inert.
 */
@NullMarked
package io.heal8s.pr.changerequest;

import org.jspecify.annotations.NullMarked;
