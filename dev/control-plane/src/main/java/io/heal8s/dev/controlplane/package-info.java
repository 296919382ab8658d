// SPDX-License-Identifier: Apache-2.0
/**
 * A real Kubernetes control plane on this machine, for tests, benchmarks and the demo. Callers see
 * {@link io.heal8s.dev.controlplane.Cluster}, {@link io.heal8s.dev.controlplane.Programs} and
 * {@link io.heal8s.dev.controlplane.ChildProcess}; how a cluster comes to be is chosen by what the
 * machine has. Nothing started here outlives the process that started it, however that process
 * ends.
 */
@NullMarked
package io.heal8s.dev.controlplane;

import org.jspecify.annotations.NullMarked;
