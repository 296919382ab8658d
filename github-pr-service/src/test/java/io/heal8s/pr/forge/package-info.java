// SPDX-License-Identifier: Apache-2.0
/** Tests of forges: the contract that all of them pass, and what its worlds share. */
@NullMarked
package io.heal8s.pr.forge;

import org.jspecify.annotations.NullMarked;
