// SPDX-License-Identifier: Apache-2.0
/**
 * The plugin against a repository that a real server gives out, and a real database. What is stored
 * after a round is what counts.
 */
@NullMarked
package io.heal8s.resource.plugin.input.git;

import org.jspecify.annotations.NullMarked;
