// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import io.heal8s.core.http.secret.Redactor;
import io.heal8s.core.http.secret.Secret;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.state.Credential;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one call needs, read once: the files, the values, and the secrets among them, so that they
 * can be masked in whatever is said.
 */
final class Session {

  private final ActionRequest request;
  private final ProgramSettings settings;
  private final Path binary;
  private final Workspace.Inputs inputs;
  private final Map<String, String> secretEnvironment;
  private final Redactor redactor;

  private Session(
      ActionRequest request,
      ProgramSettings settings,
      Path binary,
      Workspace.Inputs inputs,
      Map<String, String> secretEnvironment,
      List<Secret> secrets) {
    this.request = request;
    this.settings = settings;
    this.binary = binary;
    this.inputs = inputs;
    this.secretEnvironment = secretEnvironment;
    this.redactor = new Redactor(() -> secrets);
  }

  /**
   * Reads it.
   *
   * @param secret gives the value behind a reference
   * @throws IllegalArgumentException with what is wrong or not there
   */
  static Session of(
      ActionRequest request,
      String plugin,
      ProgramSettings settings,
      Function<String, Optional<String>> secret) {
    Definition definition = Definition.of(request, plugin, settings.resourceFiles());
    if (settings.binary() == null) {
      throw new IllegalArgumentException(
          "the program is not there: set binary of the plugin " + plugin);
    }
    List<Secret> secrets = new ArrayList<>();
    Function<String, String> reveal =
        reference -> {
          String value =
              secret
                  .apply(reference)
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException(
                              "the secret "
                                  + reference
                                  + " is not there, or may not be referred to"));
          secrets.addAll(SecretSpellings.of(value));
          return value;
        };
    ObjectNode variables = definition.variables();
    definition
        .secretVariables()
        .forEach((name, reference) -> variables.put(name, reveal.apply(reference)));
    Map<String, String> environment = new TreeMap<>();
    definition
        .environment()
        .forEach((name, reference) -> environment.put(name, reveal.apply(reference)));
    return new Session(
        request,
        settings,
        settings.binary(),
        new Workspace.Inputs(code(files(definition, settings), plugin), variables),
        environment,
        secrets);
  }

  private static Map<String, String> files(Definition definition, ProgramSettings settings) {
    if (definition.module().isEmpty()) {
      return definition.files();
    }
    if (settings.modules() == null) {
      throw new IllegalArgumentException(
          "the type names the module %s, but modules of the plugin is not set"
              .formatted(definition.module()));
    }
    return Workspace.Inputs.files(
        Objects.requireNonNull(settings.modules()), definition.module(), definition.files());
  }

  /** A directory without code is a wish for nothing at all, which is hardly meant. */
  private static Map<String, String> code(Map<String, String> files, String plugin) {
    if (files.keySet().stream().noneMatch(Definition::isCode)) {
      throw new IllegalArgumentException(
          "there is nothing to run for the plugin %s: no file ends with .tf, .tofu or .tf.json"
              .formatted(plugin));
    }
    return files;
  }

  ActionRequest request() {
    return request;
  }

  Workspace.Inputs inputs() {
    return inputs;
  }

  /** A document without secrets. */
  JsonNode masked(JsonNode node) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (node.isString()) {
      return json.stringNode(masked(node.stringValue()));
    }
    if (node.isArray()) {
      ArrayNode array = json.arrayNode();
      node.forEach(each -> array.add(masked(each)));
      return array;
    }
    if (node.isObject()) {
      ObjectNode object = json.objectNode();
      node.properties().forEach(each -> object.set(masked(each.getKey()), masked(each.getValue())));
      return object;
    }
    return node;
  }

  /** A text without secrets. */
  String masked(String text) {
    return redactor.redact(text);
  }

  Said listen() {
    return new Said(this::masked);
  }

  /** The program, ready to run in a workspace. */
  Program program(Workspace workspace, URI address, Credential credential) {
    Map<String, String> environment =
        Program.environment(settings, workspace, request, address, credential);
    environment.putAll(secretEnvironment);
    return new Program(binary, settings, workspace, environment);
  }
}
