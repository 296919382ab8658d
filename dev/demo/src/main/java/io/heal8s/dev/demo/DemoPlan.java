// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import java.nio.file.Path;

/**
 * What the person asked for.
 *
 * @param direct change the workload directly, after an approval
 * @param repository root of this repository, for its charts
 */
record DemoPlan(boolean direct, Path repository) {}
