// SPDX-License-Identifier: Apache-2.0
/**
 * Any repository that git can reach: a pull request is a branch whose commit says everything, and
 * people merge or delete it as they like. What became of it is read from a bare local mirror that
 * is fetched once per poll for all Remediations of the repository. There is no working tree, and a
 * mirror that is damaged is thrown away and fetched again.
 */
@NullMarked
package io.heal8s.pr.forge.git;

import org.jspecify.annotations.NullMarked;
