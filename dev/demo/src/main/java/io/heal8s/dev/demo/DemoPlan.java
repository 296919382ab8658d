// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the person asked for.
 *
 * @param direct change the workload directly, after an approval
 * @param github {@code OWNER/REPO} on GitHub, null for a repository of the demo's own
 * @param repository root of this repository, for its charts
 */
record DemoPlan(boolean direct, @Nullable String github, Path repository) {}
