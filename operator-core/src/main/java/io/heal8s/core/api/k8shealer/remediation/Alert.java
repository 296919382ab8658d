// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The alert that asked for a Remediation.
 *
 * @param name alert name as sent, e.g. {@code KubePodOOMKilled}
 * @param fingerprint the sender's identity of the alert's label set; may be empty
 * @param source who sent it: {@code alertmanager}, {@code grafana} or what a person wrote
 * @param severity null only on version skew (a value this build does not know)
 * @param alertId {@code <fingerprint>-<startsAt in Unix seconds>}
 * @param startsAt when the alert began to fire; null on objects written by hand
 * @param payload the one alert as JSON
 */
public record Alert(
    String name,
    String fingerprint,
    String source,
    @Nullable Severity severity,
    @Nullable String alertId,
    @Nullable OffsetDateTime startsAt,
    @Nullable String payload) {}
