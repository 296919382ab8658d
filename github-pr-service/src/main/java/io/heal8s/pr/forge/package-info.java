// SPDX-License-Identifier: Apache-2.0
/**
 * The port to places where code is reviewed, and what its providers share. Each provider is a
 * package below that implements {@link io.heal8s.pr.forge.Forge} and sees no other. Nothing here
 * judges: providers report, propose and withdraw as they are told.
 */
@NullMarked
package io.heal8s.pr.forge;

import org.jspecify.annotations.NullMarked;
