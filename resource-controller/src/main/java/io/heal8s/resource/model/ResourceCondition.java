// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.model;

import java.time.Instant;

/**
 * One aspect of a resource, as Kubernetes has it.
 *
 * @param type Ready, Reconciling or Degraded, or one that a plugin adds
 * @param status True, False or Unknown
 * @param reason CamelCase word
 * @param message sentence for a person; empty for none
 * @param lastTransitionTime when the status changed last
 * @param observedGeneration generation that was looked at
 */
public record ResourceCondition(
    String type,
    String status,
    String reason,
    String message,
    Instant lastTransitionTime,
    long observedGeneration) {}
