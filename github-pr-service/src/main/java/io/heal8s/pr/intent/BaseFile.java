// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.intent;

import org.jspecify.annotations.Nullable;

/**
 * The manifest as the base branch holds it.
 *
 * @param commit head of the base branch that was read; a proposal's commit has it as its only
 *     parent
 * @param content the file at that commit, null when there is no such file
 */
public record BaseFile(String commit, @Nullable FileContent content) {}
