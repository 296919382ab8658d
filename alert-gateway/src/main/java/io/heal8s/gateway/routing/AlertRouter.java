// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.routing;

import io.heal8s.core.api.k8shealer.remediation.Severity;
import io.heal8s.core.decide.naming.KubernetesName;
import io.heal8s.gateway.intent.AlertIntent;
import io.heal8s.gateway.intent.AlertIntent.MarkResolved;
import io.heal8s.gateway.intent.AlertIntent.Skip;
import io.heal8s.gateway.intent.IncomingAlert;
import io.heal8s.gateway.intent.SkipReason;

/**
 * Decides what is to be done about one alert. Total: whatever an alert says, there is an answer.
 */
public final class AlertRouter {

  /** The label that says where the target is. */
  public static final String NAMESPACE_LABEL = "namespace";

  /** The intent of an alert; the first thing that is missing is the one that is told. */
  public AlertIntent route(AlertSnapshot observed) {
    if (observed.rules() == NamespaceRules.NOT_SERVED) {
      return new Skip(
          SkipReason.NamespaceNotServed, "heal8s is installed here for other namespaces");
    }
    return switch (observed.alert().status()) {
      case Firing -> firing(observed);
      case Resolved -> resolved(observed.alert());
      case Unknown -> new Skip(SkipReason.NotFiring, "its status is neither firing nor resolved");
    };
  }

  private static AlertIntent resolved(IncomingAlert alert) {
    String namespace = alert.label(NAMESPACE_LABEL);
    return KubernetesName.isLabel(namespace)
        ? new MarkResolved(namespace, alert.fingerprint(), alert.startsAt(), alert.endsAt())
        : new Skip(SkipReason.NotFiring, "it resolved and names no namespace");
  }

  private static AlertIntent firing(AlertSnapshot observed) {
    IncomingAlert alert = observed.alert();
    if (alert.name().isEmpty()) {
      return new Skip(SkipReason.NoAlertName, "it has no label alertname");
    }
    Severity severity = SeverityLabel.of(alert.label("severity"));
    return switch (observed.rules().routes().match(alert, severity)) {
      case RouteTable.Match.None none ->
          new Skip(SkipReason.NoRoute, "no route of the RemediationPolicy matches it");
      case RouteTable.Match.Ignored ignored ->
          new Skip(
              SkipReason.Ignored, "the route " + ignored.alertName() + " has no action: leave it");
      case RouteTable.Match.Unusable unusable ->
          new Skip(SkipReason.UnusableRoute, unusable.problem());
      case RouteTable.Match.Found found -> targeted(observed, severity, found);
    };
  }

  private static AlertIntent targeted(
      AlertSnapshot observed, Severity severity, RouteTable.Match.Found found) {
    String namespace = observed.alert().label(NAMESPACE_LABEL);
    if (namespace.isEmpty()) {
      return new Skip(SkipReason.NoNamespace, "it has no label namespace");
    }
    if (!KubernetesName.isLabel(namespace)) {
      return new Skip(
          SkipReason.UnusableTarget, "its label namespace can be no name of a namespace");
    }
    return switch (TargetLabels.read(observed.alert(), namespace)) {
      case TargetLabels.Reading.Missing missing ->
          new Skip(SkipReason.NoTarget, "it has none of the labels " + TargetLabels.wanted());
      case TargetLabels.Reading.Unusable unusable ->
          new Skip(
              SkipReason.UnusableTarget,
              "its label " + unusable.label() + " can be no object's name");
      case TargetLabels.Reading.Found target ->
          new RemediationDraft(observed, severity, found, target.target()).intent();
    };
  }
}
