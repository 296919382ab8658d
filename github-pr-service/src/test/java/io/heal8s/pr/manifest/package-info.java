// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of the manifest editor. Golden files show what it does to files as people write them;
 * properties show for generated files that nothing else changes; the parser's own loader is the
 * judge of what a file means. Nothing here needs a cluster or a network.
 */
@NullMarked
package io.heal8s.pr.manifest;

import org.jspecify.annotations.NullMarked;
