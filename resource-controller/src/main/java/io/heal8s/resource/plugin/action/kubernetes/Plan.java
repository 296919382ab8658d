// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.kubernetes;

import io.heal8s.resource.plugin.ActionRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a resource wants in the cluster: {@code namespace}, {@code manifests} and {@code
 * ready_timeout} of its {@code plugin_config}, else of {@code metadata.kubernetes} of its type.
 *
 * @param namespace of the parent, and of manifests that name none
 * @param manifests rendered, in the order in which they are applied
 * @param readyTimeout how long they may take to be ready
 */
record Plan(String namespace, List<Manifest> manifests, Duration readyTimeout) {

  /** Name of the setting, and of the output that keeps it. */
  static final String NAMESPACE = "namespace";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST = 100;
  private static final int USUAL_SECONDS = 300;
  private static final int LONGEST_SECONDS = 86_400;

  /**
   * Reads and renders.
   *
   * @throws IllegalArgumentException with what to change
   */
  static Plan of(ActionRequest request) {
    String namespace = namespace(request);
    String home = home(request);
    if (!namespace.equals(home)) {
      throw new IllegalArgumentException(moved(home, namespace));
    }
    List<Manifest> manifests = new ArrayList<>();
    Set<Member> members = new HashSet<>();
    Template template = new Template(request);
    for (JsonNode each : templates(setting(request, "manifests"))) {
      Manifest manifest = Manifest.of(template.fill(each), namespace);
      if (!members.add(manifest.member())) {
        throw new IllegalArgumentException(manifest.member() + " is there twice");
      }
      manifests.add(manifest);
    }
    if (manifests.isEmpty() || manifests.size() > MOST) {
      throw new IllegalArgumentException(
          "kubernetes needs 1 to %d manifests: set 'manifests' in plugin_config, or in metadata.kubernetes of the resource type"
              .formatted(MOST));
    }
    return new Plan(namespace, List.copyOf(manifests), readyTimeout(request));
  }

  /**
   * The namespace of the parent: where the last success has it, whatever a type says by now. Enough
   * for a deletion, where manifests may no longer render.
   */
  static String home(ActionRequest request) {
    String applied = request.outputs().path(NAMESPACE).asString("");
    return applied.isEmpty() ? namespace(request) : applied;
  }

  /** Nobody would find what is in the other one: there is no right to list. */
  static String moved(String home, String namespace) {
    return "namespace is %s and cannot become %s: put it back, or delete the resource and create it anew"
        .formatted(home, namespace);
  }

  /** As it is set now. */
  static String namespace(ActionRequest request) {
    String namespace = setting(request, NAMESPACE).asString("");
    if (!namespace.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
      throw new IllegalArgumentException(
          "kubernetes needs 'namespace': set it in plugin_config, or in metadata.kubernetes of the resource type");
    }
    return namespace;
  }

  private static Duration readyTimeout(ActionRequest request) {
    JsonNode seconds = setting(request, "ready_timeout");
    if (seconds.isMissingNode()) {
      return Duration.ofSeconds(USUAL_SECONDS);
    }
    int given = seconds.intValue(0);
    if (given < 1 || given > LONGEST_SECONDS) {
      throw new IllegalArgumentException(
          "ready_timeout must be a whole number of seconds from 1 to " + LONGEST_SECONDS);
    }
    return Duration.ofSeconds(given);
  }

  private static JsonNode setting(ActionRequest request, String name) {
    JsonNode own = request.pluginConfig().path(name);
    return own.isMissingNode() ? request.typeMetadata().path("kubernetes").path(name) : own;
  }

  /** A list of objects, or YAML in one text. */
  private static List<JsonNode> templates(JsonNode manifests) {
    List<JsonNode> templates = new ArrayList<>();
    if (manifests.isArray()) {
      manifests.forEach(templates::add);
    } else if (manifests.isString()) {
      try {
        for (Object document :
            new Load(LoadSettings.builder().build()).loadAllFromString(manifests.stringValue())) {
          if (document != null) {
            templates.add(JSON.valueToTree(document));
          }
        }
      } catch (YamlEngineException e) {
        throw new IllegalArgumentException(
            "manifests is no YAML: " + String.valueOf(e.getMessage()).replace('\n', ' '), e);
      }
    }
    if (!templates.stream().allMatch(JsonNode::isObject)) {
      throw new IllegalArgumentException("manifests must be a list of objects, or YAML of objects");
    }
    return templates;
  }
}
