// SPDX-License-Identifier: Apache-2.0
/**
 * The control loop: a keyed queue that drops nothing, and a loop that observes, decides, executes
 * and comes back as one table says. It knows neither Kubernetes nor Spring; time, threads and
 * randomness are ports, so that tests drive them by hand. {@code operator-core/DESIGN.md} says
 * which lock guards what and what may never block.
 */
@NullMarked
package io.heal8s.core.runtime;

import org.jspecify.annotations.NullMarked;
