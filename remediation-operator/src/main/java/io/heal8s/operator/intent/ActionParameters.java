// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.intent;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.decide.ForeignText;
import io.heal8s.core.decide.QuantityText;
import io.heal8s.core.decide.Verdict;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads the parameters of one action. Defaults (25 %, 2Gi; 50 %, 10; 5) are those of the first
 * release; a value that is there but cannot be read is an error and never becomes a default.
 */
final class ActionParameters {

  /** Names of the actions that this build can do, for messages. */
  static final List<String> BUILT =
      List.of(
          "IncreaseMemory",
          "ScaleUp",
          "RollbackImage",
          "RestartWorkload",
          "ScaleTo",
          "RestartPods",
          "CallWebhook",
          "ExecCommand",
          "PatchResource");

  private static final Gson JSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();
  private static final Pattern PERCENT = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,6})?");
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");

  private final ActionType type;
  private final ActionSpec spec;
  private final Map<String, String> params;

  ActionParameters(ActionType type, ActionSpec spec) {
    this.type = type;
    this.spec = spec;
    this.params = spec.params();
  }

  /** A parameter that the action does not take as it is. */
  static final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Verdict verdict;

    private Refused(String message) {
      // Control flow inside this package: nobody ever sees the stack.
      super(message, null, false, false);
      this.verdict = new Verdict(ActionReason.InvalidParameter, message);
    }

    Verdict verdict() {
      return verdict;
    }
  }

  Action action() throws Refused, ActionArguments.Refused {
    return switch (type) {
      case IncreaseMemory -> {
        onlyParams("memoryIncreasePercent", "maxMemory", "addLimit");
        yield new Action.IncreaseMemory(
            percent("memoryIncreasePercent", "25"), memory("maxMemory", "2Gi"), flag("addLimit"));
      }
      case ScaleUp -> {
        onlyParams("scaleUpPercent", "maxReplicas");
        yield new Action.ScaleUp(percent("scaleUpPercent", "50"), replicas("maxReplicas", "10"));
      }
      case RollbackImage -> {
        onlyParams("rollbackMaxRevisions");
        yield new Action.RollbackImage(
            count("rollbackMaxRevisions", params.getOrDefault("rollbackMaxRevisions", "5")));
      }
      case RestartWorkload -> {
        onlyParams();
        yield new Action.RestartWorkload();
      }
      case ScaleTo -> arguments().scaleTo();
      case RestartPods -> arguments().restartPods();
      case CallWebhook -> arguments().callWebhook();
      case ExecCommand -> arguments().execCommand();
      case PatchResource -> arguments().patchResource();
      case CustomScript, IncreaseCpu, RunJob, Notify, RevertChange -> new Action.NotBuiltYet(type);
    };
  }

  /** Texts of params, and arguments over them; what a detector tells of the change aside. */
  private ArgumentsReader arguments() throws Refused {
    if (spec.argumentsFrom() != null) {
      throw new Refused(
          "spec.action.argumentsFrom was not read yet; this is a mistake of the operator");
    }
    JsonObject all = new JsonObject();
    params.forEach(
        (name, value) -> {
          if (!ArgumentsReader.CONTEXT.contains(name)) {
            all.addProperty(name, value);
          }
        });
    if (spec.arguments() != null) {
      JSON.toJsonTree(spec.arguments()).getAsJsonObject().asMap().forEach(all::add);
    }
    return new ArgumentsReader(all, params);
  }

  private void onlyParams(String... known) throws Refused {
    TreeSet<String> unknown = new TreeSet<>(params.keySet());
    unknown.removeAll(List.of(known));
    if (!unknown.isEmpty()) {
      String takes =
          known.length == 0 ? "it takes no parameters" : "it takes " + String.join(", ", known);
      throw new Refused(
          "spec.action.params."
              + ForeignText.line(unknown.getFirst())
              + " is no parameter of "
              + type
              + "; "
              + takes
              + "; correct the name or remove it");
    }
    if (spec.arguments() != null && !spec.arguments().isEmpty()) {
      throw new Refused(
          "spec.action.arguments is not read by "
              + type
              + "; remove it and use spec.action.params");
    }
    if (spec.argumentsFrom() != null) {
      throw new Refused(
          "spec.action.argumentsFrom is not read by "
              + type
              + "; remove it and use spec.action.params");
    }
  }

  private BigDecimal percent(String name, String unset) throws Refused {
    String text = params.getOrDefault(name, unset);
    if (!PERCENT.matcher(text).matches() || new BigDecimal(text).signum() <= 0) {
      throw wrong(name, text, "a number above 0 without a sign or unit, such as \"25\"");
    }
    return new BigDecimal(text);
  }

  private Cap memory(String name, String unset) throws Refused {
    String text = params.getOrDefault(name, unset);
    BigDecimal value = QuantityText.parse(text).orElse(BigDecimal.ZERO);
    boolean whole = value.stripTrailingZeros().scale() <= 0;
    if (!whole || value.signum() <= 0 || value.compareTo(QuantityText.MAX) > 0) {
      throw wrong(name, text, "a whole number of bytes above 0, such as \"2Gi\"");
    }
    return new Cap(value, text, source(name));
  }

  private Cap replicas(String name, String unset) throws Refused {
    String text = params.getOrDefault(name, unset);
    int value = count(name, text);
    return new Cap(BigDecimal.valueOf(value), Integer.toString(value), source(name));
  }

  private int count(String name, String text) throws Refused {
    if (!COUNT.matcher(text).matches() || Integer.parseInt(text) == 0) {
      throw wrong(name, text, "a whole number above 0, such as \"10\"");
    }
    return Integer.parseInt(text);
  }

  private boolean flag(String name) throws Refused {
    String text = params.getOrDefault(name, "false");
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(name, text, "\"true\" or \"false\"");
    };
  }

  private String source(String name) {
    String given = "spec.action.params." + name;
    return params.containsKey(name) ? given : "default, set " + given + " to change it";
  }

  private static Refused wrong(String name, String text, String wanted) {
    return new Refused(
        "spec.action.params." + name + " is '" + ForeignText.line(text) + "'; write " + wanted);
  }
}
