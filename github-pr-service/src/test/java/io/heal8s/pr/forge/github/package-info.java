// SPDX-License-Identifier: Apache-2.0
/** Tests of the GitHub forge on a stand-in that GitHub's own descriptions check. */
@NullMarked
package io.heal8s.pr.forge.github;

import org.jspecify.annotations.NullMarked;
