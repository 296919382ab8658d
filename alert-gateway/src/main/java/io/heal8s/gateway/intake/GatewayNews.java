// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

import io.heal8s.core.api.k8shealer.remediation.Alert;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.Target;
import io.heal8s.core.decide.Announcement;
import io.heal8s.core.effect.ObjectReference;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.core.http.inbound.RefusalListener;
import java.util.function.BiConsumer;

/**
 * Tells people, as Kubernetes Events, what they could not see otherwise: calls that were refused,
 * alerts that a sender left out, and alerts that no attempt helped. Counts the first two as well.
 * What repeats becomes one series, however often it is told here.
 */
public final class GatewayNews implements RefusalListener, GiveUpListener {

  private static final String ACTION = "TakeDelivery";

  private final GatewayMetrics metrics;
  private final ObjectReference self;
  private final BiConsumer<ObjectReference, Announcement> events;

  /**
   * News of one process.
   *
   * @param self the object that stands for this gateway: its pod, or its Deployment
   * @param events publishes without blocking, and joins what repeats
   */
  public GatewayNews(
      GatewayMetrics metrics,
      ObjectReference self,
      BiConsumer<ObjectReference, Announcement> events) {
    this.metrics = metrics;
    this.self = self;
    this.events = events;
  }

  @Override
  public void refused(int status, String reason) {
    metrics.refused(status, reason);
    tell(
        "DeliveryRefused",
        "Calls to a webhook are answered "
            + status
            + " ("
            + reason
            + "); their alerts were not looked at",
        status + reason);
  }

  /**
   * A sender left alerts out of a delivery.
   *
   * @param alerts how many
   */
  void truncated(long alerts) {
    metrics.truncated(alerts);
    tell(
        "AlertsTruncated",
        "A sender left alerts out of its delivery ("
            + alerts
            + " of the first one told here): raise max_alerts of its webhook_config, or group by"
            + " more labels",
        "");
  }

  @Override
  public void gaveUp(Remediation last, int attempts) {
    Target target = last.spec().target();
    Alert alert = last.spec().alert();
    String name = alert == null ? "" : " for " + alert.name();
    events.accept(
        ObjectReference.to(ServedKinds.REMEDIATIONS, last),
        new Announcement(
            Announcement.Type.Warning,
            "GaveUp",
            "%d attempts to repair %s %s%s ended without success; a person must look. The next one is made only when the alert fires anew"
                .formatted(attempts, target.kind(), target.name(), name),
            ACTION,
            "GaveUp"));
  }

  private void tell(String reason, String message, String dedupeKey) {
    events.accept(
        self,
        new Announcement(Announcement.Type.Warning, reason, message, ACTION, reason + dedupeKey));
  }
}
