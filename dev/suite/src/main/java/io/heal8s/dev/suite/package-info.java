// SPDX-License-Identifier: Apache-2.0
/**
 * Runs the heal8s services as separate processes against a cluster, each under the account and the
 * rights that its chart gives it. The demo, the benchmarks and the end-to-end tests share it.
 * Nothing here knows what the services do.
 */
@NullMarked
package io.heal8s.dev.suite;

import org.jspecify.annotations.NullMarked;
