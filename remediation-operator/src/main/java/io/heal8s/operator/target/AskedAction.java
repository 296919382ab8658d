// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.target;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.ArgumentsFrom;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Verdict;
import io.heal8s.core.decide.naming.ActionDigest;
import io.heal8s.operator.intent.Action;
import io.heal8s.operator.intent.ActionReason;
import io.heal8s.operator.intent.ParsedAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The action of a Remediation, its arguments read where they are: in itself, or in a TargetApp. */
public sealed interface AskedAction {

  /** apiVersion of the only kind that arguments are read from. */
  String TARGET_APP_VERSION = "operator.kco.local/v1alpha1";

  /** All of it is known. */
  record Understood(Action action) implements AskedAction {}

  /** It cannot be carried out as it is. */
  record NotUnderstood(Verdict verdict) implements AskedAction {}

  /** This must be read first. */
  record NeedsReading(Set<Query> queries) implements AskedAction {}

  /**
   * Reads the action.
   *
   * @return never throws for bad input
   */
  static AskedAction of(Remediation remediation, Known known) {
    ActionSpec spec = remediation.spec().action();
    ArgumentsFrom from = spec.argumentsFrom();
    if (from == null || spec.type() == null) {
      return parsed(spec, null);
    }
    String app = detectorKind(spec.type());
    if (app == null) {
      return parsed(spec, null);
    }
    String namespace = remediation.getMetadata().getNamespace();
    Query.Get get =
        new Query.Get(
            TARGET_APP_VERSION, from.kind(), namespace == null ? "" : namespace, from.name());
    if (!known.has(get)) {
      return new NeedsReading(Set.of(get));
    }
    Optional<LiveObject> live = known.one(get);
    boolean gone = live.isEmpty() || (from.uid() != null && !live.get().uid().equals(from.uid()));
    return gone
        ? refused(
            ActionReason.ArgumentsGone,
            from.kind() + " " + from.name() + " was deleted, or is another object of that name")
        : inApp(spec, from, live.get(), app);
  }

  private static AskedAction inApp(
      ActionSpec spec, ArgumentsFrom from, LiveObject app, String name) {
    JsonElement list = app.at("spec.actions").orElseGet(JsonArray::new);
    int index = from.actionIndex();
    if (!(list instanceof JsonArray actions)
        || index >= actions.size()
        || !(actions.get(index) instanceof JsonObject action)) {
      return refused(
          ActionReason.ArgumentsGone,
          from.kind() + " " + from.name() + " has no spec.actions[" + index + "] any more");
    }
    boolean same =
        ActionDigest.of(action).equals(from.sha256())
            && name.equals(new LiveObject(action).text("action"));
    if (!same) {
      return refused(
          ActionReason.ArgumentsChanged,
          "spec.actions["
              + index
              + "] of "
              + from.kind()
              + " "
              + from.name()
              + " is not the action that fired; delete this Remediation, the next edge makes"
              + " another one");
    }
    int bytes = parameters(action).toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > ParsedAction.MOST_ARGUMENTS) {
      return refused(
          ActionReason.UnsupportedValue,
          "spec.actions["
              + index
              + "].parameters of "
              + from.kind()
              + " "
              + from.name()
              + " is "
              + bytes
              + " bytes long and may have at most "
              + ParsedAction.MOST_ARGUMENTS);
    }
    Optional<String> missing = missing(spec.type(), action);
    return missing.isPresent()
        ? refused(ActionReason.InvalidParameter, "Missing required parameter: " + missing.get())
        : parsed(withArguments(spec, action, app), action.get("trigger"));
  }

  // A person names the object in spec.target; the detector's users name it here.
  private static Optional<String> missing(@Nullable ActionType type, JsonObject action) {
    List<String> names =
        type == ActionType.ScaleTo
            ? List.of("deploymentName")
            : type == ActionType.PatchResource
                ? List.of("resourceType", "resourceName")
                : List.of();
    LiveObject parameters = new LiveObject(parameters(action));
    return names.stream().filter(name -> parameters.text(name).isBlank()).findFirst();
  }

  private static JsonObject parameters(JsonObject action) {
    return action.get("parameters") instanceof JsonObject given ? given : new JsonObject();
  }

  private static ActionSpec withArguments(ActionSpec spec, JsonObject action, LiveObject app) {
    JsonObject arguments = parameters(action).deepCopy();
    boolean selects =
        spec.type() == ActionType.RestartPods || spec.type() == ActionType.ExecCommand;
    if (selects && !arguments.has("podSelector")) {
      app.at("spec.selector.matchLabels").ifPresent(labels -> arguments.add("podSelector", labels));
    }
    SortedMap<String, Object> map = new TreeMap<>();
    arguments.asMap().forEach(map::put);
    return new ActionSpec(spec.type(), spec.params(), map, null);
  }

  private static AskedAction parsed(ActionSpec spec, @Nullable JsonElement trigger) {
    return switch (ParsedAction.of(spec)) {
      case ParsedAction.NotUnderstood(Verdict verdict) -> new NotUnderstood(verdict);
      case ParsedAction.Understood(Action.CallWebhook(var call)) ->
          new Understood(new Action.CallWebhook(call.firedBy(trigger)));
      case ParsedAction.Understood(Action action) -> new Understood(action);
    };
  }

  /** How the detector names the action, null where it has no name for it. */
  private static @Nullable String detectorKind(ActionType type) {
    return DETECTOR_NAMES.get(type);
  }

  /** The detector's names of actions. */
  Map<ActionType, String> DETECTOR_NAMES =
      Map.of(
          ActionType.RestartPods, "restart_pod",
          ActionType.ScaleTo, "scale_deployment",
          ActionType.PatchResource, "patch_resource",
          ActionType.CallWebhook, "webhook",
          ActionType.ExecCommand, "exec_command");

  private static AskedAction refused(ActionReason reason, String message) {
    return new NotUnderstood(new Verdict(reason, message));
  }
}
