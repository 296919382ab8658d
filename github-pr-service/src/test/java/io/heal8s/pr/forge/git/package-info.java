// SPDX-License-Identifier: Apache-2.0
/** Tests of the plain-git forge against real repositories. */
@NullMarked
package io.heal8s.pr.forge.git;

import org.jspecify.annotations.NullMarked;
