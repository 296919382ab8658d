// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.intent;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.heal8s.core.decide.ForeignText;
import io.heal8s.operator.intent.ActionArguments.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the actions that take arguments. Names, defaults and the words of a refusal are those of
 * the original operator of TargetApps.
 */
final class ArgumentsReader {

  /** What a detector tells of the change, beside the arguments. */
  static final Set<String> CONTEXT = Set.of("timestamp", "stateChange", "variables");

  private static final int LONGEST_TIMEOUT = (int) RemediationIntent.Effect.LONGEST.toSeconds();

  private final ActionArguments arguments;
  private final Map<String, String> context;

  ArgumentsReader(JsonObject arguments, Map<String, String> context) {
    this.arguments = new ActionArguments(arguments);
    this.context = context;
  }

  Action.ScaleTo scaleTo() throws Refused {
    arguments.only(List.of("deploymentName", "replicas"), List.of());
    JsonElement replicas = arguments.required("replicas");
    int count =
        ActionArguments.whole(replicas)
            .orElseThrow(
                () -> new Refused("Invalid replica count: " + ForeignText.line(plain(replicas))));
    if (count < 0) {
      throw new Refused("Replica count cannot be negative: " + count);
    }
    return new Action.ScaleTo(count);
  }

  Action.RestartPods restartPods() throws Refused {
    arguments.only(List.of("gracePeriod", "podSelector"), List.of());
    return new Action.RestartPods(
        arguments.texts("podSelector"), arguments.number("gracePeriod", 30, 0, 86_400));
  }

  Action.CallWebhook callWebhook() throws Refused {
    arguments.only(
        List.of("url", "method", "headers", "payload", "timeout", "verifySSL"), List.of());
    JsonElement url = arguments.required("url");
    if (!(url instanceof JsonPrimitive text && text.isString())) {
      throw new Refused("url is no text; write an absolute address");
    }
    return new Action.CallWebhook(
        new WebhookCall(
            url.getAsString().strip(),
            arguments.text("method").orElse("POST").toUpperCase(Locale.ROOT),
            arguments.texts("headers"),
            payload(),
            Duration.ofSeconds(arguments.number("timeout", 30, 1, LONGEST_TIMEOUT)),
            arguments.flag("verifySSL", true),
            webhookContext()));
  }

  private JsonObject payload() throws Refused {
    Optional<JsonElement> payload = arguments.value("payload");
    return switch (payload.orElseGet(JsonObject::new)) {
      case JsonObject object -> object;
      // As in the original: what is empty in any way is no payload.
      case JsonArray list when list.isEmpty() -> new JsonObject();
      case JsonPrimitive one when Set.of("", "0", "false").contains(one.getAsString()) ->
          new JsonObject();
      default -> throw new Refused("payload is no map; write the members of the body as a map");
    };
  }

  private WebhookCall.Context webhookContext() throws Refused {
    Map<String, JsonElement> variables = new HashMap<>();
    if (json("variables") instanceof JsonObject told) {
      variables.putAll(told.asMap());
    }
    return new WebhookCall.Context(
        context.getOrDefault("timestamp", ""), json("stateChange"), variables, null);
  }

  private @Nullable JsonElement json(String name) throws Refused {
    String text = context.get(name);
    if (text == null) {
      return null;
    }
    try {
      return JsonParser.parseString(text);
    } catch (JsonParseException notJson) {
      throw new Refused("spec.action.params." + name + " is no JSON; write a JSON object");
    }
  }

  Action.ExecCommand execCommand() throws Refused {
    // "args" stands in the original's examples and was never read.
    arguments.only(
        List.of("command", "container", "podSelector", "timeout", "workingDir", "pods"),
        List.of("args"));
    List<String> argv = argv(arguments.required("command"));
    SortedMap<String, String> selector = arguments.texts("podSelector");
    String pods = arguments.text("pods").orElse("all");
    if (!Set.of("all", "one").contains(pods)) {
      throw new Refused("pods is '" + ForeignText.line(pods) + "'; write all or one");
    }
    return new Action.ExecCommand(
        new PodCommand(
            arguments.text("workingDir").map(dir -> in(dir, argv)).orElse(argv),
            arguments.text("container").orElse(null),
            selector,
            Duration.ofSeconds(arguments.number("timeout", 60, 1, LONGEST_TIMEOUT)),
            pods.equals("all")));
  }

  private static List<String> argv(JsonElement command) throws Refused {
    if (command instanceof JsonPrimitive one && one.isString()) {
      return List.of("/bin/sh", "-c", one.getAsString());
    }
    if (!(command instanceof JsonArray list)) {
      throw new Refused("Command must be string or array");
    }
    List<String> argv = new ArrayList<>();
    for (JsonElement word : list) {
      if (!(word instanceof JsonPrimitive one)) {
        throw new Refused("Command must be string or array");
      }
      argv.add(one.getAsString());
    }
    return argv;
  }

  /** The same command in a directory: both are data of the shell, never its text. */
  private static List<String> in(String directory, List<String> argv) {
    List<String> inside = new ArrayList<>();
    inside.addAll(
        List.of("/bin/sh", "-c", "cd -- \"$1\" && shift && exec \"$@\"", "sh", directory));
    inside.addAll(argv);
    return inside;
  }

  Action.PatchResource patchResource() throws Refused {
    arguments.only(
        List.of("resourceType", "resourceName", "patchData", "patchType"), List.of("apiVersion"));
    JsonElement data = arguments.required("patchData");
    String unset = data.isJsonArray() ? "json" : "strategic";
    String type = arguments.text("patchType").orElse(unset).toLowerCase(Locale.ROOT);
    ObjectPatchRequest.Kind kind =
        switch (type) {
          case "merge" -> ObjectPatchRequest.Kind.Merge;
          case "json" -> ObjectPatchRequest.Kind.Json;
          case "strategic" -> ObjectPatchRequest.Kind.Strategic;
          default ->
              throw new Refused(
                  "patchType is '" + ForeignText.line(type) + "'; write merge, json or strategic");
        };
    boolean fits = kind == ObjectPatchRequest.Kind.Json ? data.isJsonArray() : data.isJsonObject();
    if (!fits) {
      throw new Refused("patchData is a list of operations for json, else a map");
    }
    return new Action.PatchResource(new ObjectPatchRequest(kind, data));
  }

  private static String plain(JsonElement value) {
    return value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }
}
