// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the person asked for.
 *
 * @param direct change the workload directly, after an approval
 * @param repository root of this repository, for its charts
 * @param github where the pull request is to be, null for a git repository on this machine
 */
record DemoPlan(boolean direct, Path repository, @Nullable GithubTarget github) {}
