// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.routing;

import io.heal8s.core.api.heal8s.remediationpolicy.Route;
import io.heal8s.core.api.k8shealer.remediation.Alert;
import io.heal8s.core.api.k8shealer.remediation.Annotations;
import io.heal8s.core.api.k8shealer.remediation.RemediationSpec;
import io.heal8s.core.api.k8shealer.remediation.Severity;
import io.heal8s.core.api.k8shealer.remediation.Strategy;
import io.heal8s.core.api.k8shealer.remediation.Target;
import io.heal8s.core.decide.naming.KubernetesName;
import io.heal8s.core.decide.naming.RemediationName;
import io.heal8s.gateway.intent.AlertIntent.CreateRemediation;
import io.heal8s.gateway.intent.IncomingAlert;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;

/** The Remediation that an alert asks for, once its route and target are known. */
record RemediationDraft(
    AlertSnapshot observed, Severity severity, RouteTable.Match.Found found, Target target) {

  /** Longest alert name, fingerprint and environment that are copied, in characters. */
  private static final int MAX_TEXT = 1024;

  CreateRemediation intent() {
    IncomingAlert alert = observed.alert();
    return new CreateRemediation(
        target.namespace(), name(alert), labels(alert), spec(alert), observed.rules().retries());
  }

  private RemediationName name(IncomingAlert alert) {
    OffsetDateTime startsAt = alert.startsAt();
    return RemediationName.ofAlert(
        alert.name(),
        alert.fingerprint(),
        startsAt == null ? null : startsAt.toInstant(),
        target,
        found.type());
  }

  private Map<String, String> labels(IncomingAlert alert) {
    Map<String, String> labels = new LinkedHashMap<>();
    label(labels, Annotations.LABEL_ALERT, alert.name());
    label(labels, Annotations.LABEL_TARGET, target.name());
    label(labels, Annotations.LABEL_FINGERPRINT, alert.fingerprint());
    return labels;
  }

  private static void label(Map<String, String> labels, String key, String text) {
    String value = KubernetesName.labelValue(text);
    if (!value.isEmpty()) {
      labels.put(key, value);
    }
  }

  private RemediationSpec spec(IncomingAlert alert) {
    return new RemediationSpec(
        alert(alert),
        null,
        target,
        found.action(),
        strategy(alert),
        null,
        observed.trace(),
        null,
        found.route().escalate(),
        null);
  }

  private Alert alert(IncomingAlert alert) {
    String fingerprint = PlainText.of(alert.fingerprint(), MAX_TEXT);
    OffsetDateTime startsAt = alert.startsAt();
    return new Alert(
        PlainText.of(alert.name(), MAX_TEXT),
        fingerprint,
        alert.source(),
        severity,
        startsAt == null ? fingerprint : fingerprint + "-" + startsAt.toEpochSecond(),
        startsAt,
        alert.payload());
  }

  /** The first release's strategy, where the route does not say otherwise. */
  private Strategy strategy(IncomingAlert alert) {
    Route route = found.route();
    Strategy wanted =
        route.strategy() == null ? new Strategy(null, null, null, null) : route.strategy();
    String environment =
        wanted.environment() == null ? alert.label("environment") : wanted.environment();
    return new Strategy(
        wanted.modeOrDefault(),
        wanted.approvalRequired(),
        environment.isEmpty() ? null : PlainText.of(environment, MAX_TEXT),
        wanted.ttl() == null ? text(observed.rules().ttl()) : wanted.ttl());
  }

  /**
   * Whole hours as hours, as the first release wrote its 24h; else seconds or, below, nanoseconds.
   */
  private static String text(Duration duration) {
    if (duration.getNano() != 0) {
      return duration.toNanos() + "ns";
    }
    long seconds = duration.toSeconds();
    if (seconds > 0 && seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds > 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
