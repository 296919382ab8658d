// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide;

import java.time.Instant;

/**
 * What an effect may know of the run it belongs to.
 *
 * @param runId id of this run, in every log line
 * @param now the time that the decision was made with
 * @param deadline when the run must be over
 */
public record RunContext(String runId, Instant now, Instant deadline) {}
