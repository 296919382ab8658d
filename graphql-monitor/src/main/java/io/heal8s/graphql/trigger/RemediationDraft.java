// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.ArgumentsFrom;
import io.heal8s.core.api.k8shealer.remediation.Detector;
import io.heal8s.core.api.k8shealer.remediation.RemediationSpec;
import io.heal8s.core.api.k8shealer.remediation.Strategy;
import io.heal8s.core.api.k8shealer.remediation.Target;
import io.heal8s.core.api.kco.targetapp.AppAction;
import io.heal8s.core.api.kco.targetapp.AppAction.ActionName;
import io.heal8s.core.api.kco.targetapp.PendingRemediation;
import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.decide.naming.ActionDigest;
import io.heal8s.core.decide.naming.KubernetesName;
import io.heal8s.core.decide.naming.RemediationName;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The Remediation of one edge of one action. It refers to the action in the TargetApp by position
 * and hash, so neither address nor body nor header is copied.
 */
final class RemediationDraft {

  /** Why a TargetApp asks for a Remediation. */
  static final String REASON = "TriggerFired";

  private static final Strategy DIRECT = new Strategy(Strategy.Mode.Direct, false, null, null);

  private RemediationDraft() {}

  /** SHA-256 of an action, as {@code argumentsFrom} refers to it. */
  static String sha256(AppAction action) {
    return ActionDigest.of(ActionJson.of(action));
  }

  /** The name: the same for the same edge of the same action, on every replica. */
  static String name(TargetApp app, int index, String sha256, long edge) {
    AppAction action = app.spec() == null ? null : app.spec().actionsOrEmpty().get(index);
    String cause = app.getMetadata().getName() + " " + (action == null ? "" : action.action());
    String uid = Objects.requireNonNullElse(app.getMetadata().getUid(), "");
    return RemediationName.ofEdge(cause, TargetApp.KIND, uid, index, sha256, edge).attempt(1);
  }

  /**
   * The spec.
   *
   * @param standing the actions of that TargetApp
   * @return empty when the action that was due is not among them any more
   */
  static Optional<RemediationSpec> of(
      TargetApp app, StandingActions standing, PendingRemediation pending) {
    OptionalInt place = standing.find(pending);
    return place.isEmpty()
        ? Optional.empty()
        : Optional.of(of(app, place.getAsInt(), standing.at(place.getAsInt()), pending));
  }

  private static RemediationSpec of(
      TargetApp app, int place, AppAction action, PendingRemediation pending) {
    ActionName name = Objects.requireNonNull(action.action());
    String uid = app.getMetadata().getUid();
    String appName = Objects.requireNonNullElse(app.getMetadata().getName(), "");
    Map<String, String> params =
        pending.context() == null ? Map.of() : EdgeContext.parameters(pending.context());
    return new RemediationSpec(
        null,
        new Detector(TargetApp.KIND, appName, uid, REASON),
        target(app, name, action.parametersOrEmpty()),
        new ActionSpec(
            type(name),
            params,
            null,
            new ArgumentsFrom(TargetApp.KIND, appName, uid, place, pending.sha256())),
        DIRECT,
        null,
        null,
        null,
        null,
        null);
  }

  private static ActionType type(ActionName action) {
    return switch (action) {
      case restart_pod -> ActionType.RestartPods;
      case scale_deployment -> ActionType.ScaleTo;
      case patch_resource -> ActionType.PatchResource;
      case webhook -> ActionType.CallWebhook;
      case exec_command -> ActionType.ExecCommand;
    };
  }

  // What acts on pods by labels, or on nothing in the cluster, has the application itself as
  // target.
  private static Target target(TargetApp app, ActionName action, Map<String, Object> parameters) {
    String namespace = Objects.requireNonNullElse(app.getMetadata().getNamespace(), "");
    String kind = null;
    String named = null;
    switch (action) {
      case scale_deployment -> {
        kind = "Deployment";
        named = text(parameters.get("deploymentName"));
      }
      case patch_resource -> {
        kind = kind(text(parameters.get("resourceType")));
        named = text(parameters.get("resourceName"));
      }
      case restart_pod, webhook, exec_command -> {}
    }
    // What is missing or wrong in the parameters is for the operator to say, in one place.
    if (kind == null || !KubernetesName.isSubdomain(named)) {
      String name = Objects.requireNonNullElse(app.getMetadata().getName(), "");
      return new Target(TargetApp.API_VERSION, TargetApp.KIND, name, namespace, null);
    }
    return new Target(apiVersion(kind), kind, Objects.requireNonNull(named), namespace, null);
  }

  private static @Nullable String kind(@Nullable String resourceType) {
    return switch (resourceType == null ? "" : resourceType.toLowerCase(Locale.ROOT)) {
      case "pod" -> "Pod";
      case "service" -> "Service";
      case "configmap" -> "ConfigMap";
      case "secret" -> "Secret";
      case "deployment" -> "Deployment";
      case "replicaset" -> "ReplicaSet";
      case "daemonset" -> "DaemonSet";
      case "statefulset" -> "StatefulSet";
      default -> null;
    };
  }

  private static String apiVersion(String kind) {
    return switch (kind) {
      case "Pod", "Service", "ConfigMap", "Secret" -> "v1";
      default -> "apps/v1";
    };
  }

  private static @Nullable String text(@Nullable Object value) {
    return value instanceof String text ? text : null;
  }
}
