// SPDX-License-Identifier: Apache-2.0
/**
 * One trace from the alert to the proof, through services that never call each other. They run as
 * processes and send their spans to a receiver on loopback.
 */
@NullMarked
package io.heal8s.e2e.trace;

import org.jspecify.annotations.NullMarked;
