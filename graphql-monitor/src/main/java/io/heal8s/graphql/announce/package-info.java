// SPDX-License-Identifier: Apache-2.0

/**
 * Does what was decided of an observation: records it in the TargetApp's status, creates the
 * Remediations that were recorded, tells people. The record comes first and names what is to be
 * created, so that a process that dies in between leaves nothing that the next one does not finish.
 */
@NullMarked
package io.heal8s.graphql.announce;

import org.jspecify.annotations.NullMarked;
