// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.gitlab;

import io.heal8s.resource.plugin.ActionRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Which project's pipeline a resource means: each part from its {@code plugin_config}, else from
 * {@code metadata.gitlab_pipelines} of its type.
 *
 * @param project number, or path such as {@code group/project}
 * @param ref branch or tag
 * @param destroys whether a pipeline is run for a deletion, too
 * @param variables further variables
 */
record Target(String project, String ref, boolean destroys, Map<String, String> variables) {

  private static final String PROJECT = "[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+){0,20}";
  private static final String VARIABLE = "[A-Za-z_][A-Za-z0-9_]{0,254}";

  private static final String LENT =
      "gitlab_pipelines: 'variables' of the resource type go to its own project only; set 'variables' in plugin_config, {} for none";

  /** Names that the plugin fills itself. */
  static final String OWN = "HEAL8S_";

  /** What is missing or wrong; empty when nothing is. */
  static List<String> complaints(ActionRequest request) {
    List<String> complaints = new ArrayList<>();
    JsonNode project = part(request, "project");
    if (project.isMissingNode()) {
      complaints.add(
          "gitlab_pipelines needs 'project': set it in plugin_config, or in metadata.gitlab_pipelines of the resource type");
    } else if (!project.asString("").matches(PROJECT) || project.asString("").contains("..")) {
      complaints.add(
          "gitlab_pipelines: 'project' must be a number or a path such as group/project");
    }
    JsonNode ref = part(request, "ref");
    if (!ref.isMissingNode() && (!ref.isString() || ref.stringValue().isBlank())) {
      complaints.add("gitlab_pipelines: 'ref' must be a branch or a tag");
    }
    JsonNode destroy = part(request, "destroy");
    if (!destroy.isMissingNode() && !destroy.isBoolean()) {
      complaints.add("gitlab_pipelines: 'destroy' must be true or false");
    }
    if (lendsVariables(request)) {
      complaints.add(LENT);
    }
    JsonNode variables = part(request, "variables");
    boolean fits =
        variables.isMissingNode()
            || variables.isObject()
                && variables.propertyNames().stream()
                    .allMatch(name -> name.matches(VARIABLE) && !name.startsWith(OWN));
    if (!fits) {
      complaints.add(
          "gitlab_pipelines: 'variables' must be an object; names are letters, digits and _, and do not begin with "
              + OWN);
    }
    return complaints;
  }

  /**
   * Whether variables of the type would go to a project that the resource names: who writes a
   * resource may not read the secrets of its type.
   */
  private static boolean lendsVariables(ActionRequest request) {
    JsonNode type = request.typeMetadata().path("gitlab_pipelines");
    boolean isElsewhere =
        !part(request, "project").asString("").equals(type.path("project").asString(""));
    JsonNode own = request.pluginConfig().path("variables");
    return isElsewhere
        && (own.isMissingNode() || own.isNull())
        && !type.path("variables").isEmpty();
  }

  /** What is wrong with a change that leads variables elsewhere which another may have given. */
  static List<String> complaints(ActionRequest now, ActionRequest wanted) {
    if (part(now, "project").asString("").equals(part(wanted, "project").asString(""))) {
      return List.of();
    }
    List<String> old =
        now.pluginConfig().path("variables").valueStream().map(Target::text).toList();
    return wanted
        .pluginConfig()
        .path("variables")
        .propertyStream()
        .filter(each -> old.contains(text(each.getValue())) && !text(each.getValue()).isBlank())
        .map(
            each ->
                "gitlab_pipelines: the variable %s was given for another project and is not kept for this one; give another value"
                    .formatted(each.getKey()))
        .toList();
  }

  private static String text(JsonNode value) {
    return value.isString() ? value.stringValue() : value.toString();
  }

  /**
   * The target; only where there are no complaints.
   *
   * @throws IllegalArgumentException when variables of the type would go to another project
   */
  static Target of(ActionRequest request) {
    if (lendsVariables(request)) {
      throw new IllegalArgumentException(LENT);
    }
    Map<String, String> variables = new TreeMap<>();
    part(request, "variables")
        .properties()
        .forEach(each -> variables.put(each.getKey(), text(each.getValue())));
    return new Target(
        part(request, "project").asString(""),
        part(request, "ref").asString("main"),
        part(request, "destroy").asBoolean(false),
        variables);
  }

  private static JsonNode part(ActionRequest request, String name) {
    JsonNode own = request.pluginConfig().path(name);
    return own.isMissingNode() || own.isNull()
        ? request.typeMetadata().path("gitlab_pipelines").path(name)
        : own;
  }

  /** Path of the project in the API. */
  String path() {
    return "/projects/" + URLEncoder.encode(project, StandardCharsets.UTF_8);
  }
}
