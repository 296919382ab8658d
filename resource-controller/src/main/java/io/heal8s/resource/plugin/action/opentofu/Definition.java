// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import io.heal8s.resource.plugin.ActionRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is to be run, as the type and the resource say it.
 *
 * @param module name of a directory below the operator's modules; empty for none
 * @param files texts by file name
 * @param variables values by name, an object: the spec, and over it what is configured
 * @param secretVariables references to secrets by name of the variable
 * @param environment references to secrets by name of the environment variable
 */
record Definition(
    String module,
    Map<String, String> files,
    ObjectNode variables,
    Map<String, String> secretVariables,
    Map<String, String> environment) {

  private static final String FILE = "[A-Za-z0-9_][A-Za-z0-9._-]{0,100}";
  private static final String VARIABLE = "[A-Za-z_][A-Za-z0-9_-]{0,100}";
  private static final String ENVIRONMENT = "[A-Z][A-Z0-9_]{0,100}";

  /**
   * Reads it.
   *
   * @param plugin name of the plugin: metadata of the type has its part under it
   * @param resourceFiles whether a resource may say what is run, and not only with which values
   * @throws IllegalArgumentException with everything that is wrong
   */
  static Definition of(ActionRequest request, String plugin, boolean resourceFiles) {
    List<String> problems = new ArrayList<>();
    JsonNode type = request.typeMetadata().path(plugin);
    JsonNode own = request.pluginConfig();
    boolean brings = own.has("files") || own.has("module") || own.has("environment");
    if (brings && !resourceFiles) {
      problems.add(
          "plugin_config may not have files, module or environment: put them into metadata.%s of"
                  .formatted(plugin)
              + " the type, or set resource_files of the plugin to true");
    }
    JsonNode code = brings && resourceFiles ? own : type;
    ObjectNode variables = JsonNodeFactory.instance.objectNode();
    request.spec().properties().forEach(each -> variables.set(each.getKey(), each.getValue()));
    for (JsonNode level : List.of(own, type)) {
      level
          .path("variables")
          .properties()
          .forEach(each -> variables.set(each.getKey(), each.getValue()));
    }
    Map<String, String> secrets = texts(own, "secret_variables", VARIABLE, problems);
    if (!resourceFiles) {
      refuseVariables(plugin, type, own, problems);
    }
    secrets.putAll(texts(type, "secret_variables", VARIABLE, problems));
    Definition definition =
        new Definition(
            code.path("module").asString(""),
            texts(code, "files", FILE, problems),
            variables,
            secrets,
            texts(code, "environment", ENVIRONMENT, problems));
    definition.judge(plugin, problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return definition;
  }

  /** A resource sets what its schema lets it set, and what the type leaves to resources. */
  private static void refuseVariables(
      String plugin, JsonNode type, JsonNode own, List<String> problems) {
    List<String> free =
        type.path("resource_variables").valueStream().map(name -> name.asString("")).toList();
    for (String field : List.of("variables", "secret_variables")) {
      own.path(field)
          .propertyNames()
          .forEach(
              name -> {
                if (!free.contains(name)) {
                  problems.add(
                      "plugin_config.%s may not set %s: metadata.%s.resource_variables of the type does not name it"
                          .formatted(field, name, plugin));
                }
              });
    }
  }

  private void judge(String plugin, List<String> problems) {
    if (module.isEmpty() && files.keySet().stream().noneMatch(Definition::isCode)) {
      problems.add(
          "there is nothing to run: give metadata.%s.files (such as main.tf) or .module"
              .formatted(plugin));
    }
    if (!module.isEmpty() && !module.matches(FILE)) {
      problems.add("module must be the name of a directory");
    }
    files.keySet().stream()
        .filter(name -> name.startsWith("heal8s"))
        .forEach(name -> problems.add("the file name " + name + " is taken"));
    environment.keySet().stream()
        .filter(name -> name.startsWith("TF_") || name.startsWith("LD_"))
        .forEach(name -> problems.add("environment may not set " + name));
  }

  /** Whether the program takes a file as code: only beside the others, not in a directory. */
  static boolean isCode(String name) {
    return !name.contains("/")
        && (name.endsWith(".tf") || name.endsWith(".tf.json") || name.endsWith(".tofu"));
  }

  private static Map<String, String> texts(
      JsonNode level, String field, String names, List<String> problems) {
    Map<String, String> texts = new TreeMap<>();
    JsonNode node = level.path(field);
    if (!node.isMissingNode() && !node.isObject()) {
      problems.add(field + " must be an object of texts");
    }
    node.properties()
        .forEach(
            each -> {
              if (!each.getKey().matches(names)) {
                problems.add("%s has no name like '%s'".formatted(field, each.getKey()));
              } else if (!each.getValue().isString()) {
                problems.add("%s.%s must be a text".formatted(field, each.getKey()));
              } else {
                texts.put(each.getKey(), each.getValue().stringValue());
              }
            });
    return texts;
  }
}
