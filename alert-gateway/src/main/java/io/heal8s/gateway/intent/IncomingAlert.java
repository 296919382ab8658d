// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intent;

import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One alert of a delivery, as its sender said it; nothing in it is trusted.
 *
 * @param source what {@code spec.alert.source} will say: {@code alertmanager} or {@code grafana}
 * @param status whether it fires
 * @param labels its labels; empty when none were sent
 * @param fingerprint the sender's identity of the label set, or ours where it sent none
 * @param startsAt when this firing began; null when it was not said
 * @param endsAt when it ended; null when it was not said
 * @param payload the alert as JSON, of a bounded length
 */
public record IncomingAlert(
    String source,
    Status status,
    Map<String, String> labels,
    String fingerprint,
    @Nullable OffsetDateTime startsAt,
    @Nullable OffsetDateTime endsAt,
    String payload) {

  /** Whether an alert fires. */
  public enum Status {
    Firing,
    Resolved,
    /** Anything else that a sender may write. */
    Unknown
  }

  /** The label {@code alertname}, empty when there is none. */
  public String name() {
    return label("alertname");
  }

  /** A label's value, empty when there is none: as Prometheus sees it, both are the same. */
  public String label(String name) {
    return labels.getOrDefault(name, "");
  }
}
