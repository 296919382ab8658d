// SPDX-License-Identifier: Apache-2.0
/**
 * Names that are the same on every replica and after every restart: of Remediations, and of the
 * label values they are found by. A name is a function of what asked for the repair, so creating
 * twice is refused by the API server and no memory is needed. Nothing here knows a client.
 */
@NullMarked
package io.heal8s.core.decide.naming;

import org.jspecify.annotations.NullMarked;
