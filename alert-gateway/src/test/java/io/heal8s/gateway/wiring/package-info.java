// SPDX-License-Identifier: Apache-2.0
/**
 * The whole gateway over HTTP: every status code, both ports, and a process that is killed. It runs
 * against a real API server. No port is fixed.
 */
@NullMarked
package io.heal8s.gateway.wiring;

import org.jspecify.annotations.NullMarked;
