// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import io.heal8s.resource.plugin.ActionRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which workflow a resource means. Each part is looked for in the resource's plugin configuration,
 * then in {@code metadata.github_actions} of its type, then in its spec.
 *
 * @param owner owner of the repository
 * @param repository name of the repository
 * @param workflow file name or number
 * @param ref branch or tag
 * @param destroyWorkflow workflow that removes things; null to remove nothing
 * @param correlationInput input that takes the key of a dispatch; null for the usual names
 * @param legacyInputs inputs as the original took them from the spec; null for none
 */
record Target(
    String owner,
    String repository,
    String workflow,
    String ref,
    @Nullable String destroyWorkflow,
    @Nullable String correlationInput,
    @Nullable JsonNode legacyInputs) {

  private static final String NAME = "[A-Za-z0-9._-]{1,100}";

  /** What is missing or cannot be a name; empty when nothing is. */
  static List<String> complaints(ActionRequest request) {
    List<String> complaints = new ArrayList<>();
    for (String part : List.of("owner", "repo", "workflow")) {
      Optional<String> value = find(request, part);
      if (value.isEmpty()) {
        complaints.add(
            "github_actions needs '%s': set it in plugin_config, in metadata.github_actions of the resource type, or in spec"
                .formatted(part));
      } else if (!value.get().matches(NAME) || value.get().matches("\\.{1,2}")) {
        complaints.add(
            "github_actions: '%s' is '%s', which is no name".formatted(part, value.get()));
      }
    }
    // Left out it means that nothing is removed; a name that cannot be must not mean the same.
    find(request, "destroy_workflow")
        .filter(name -> !name.matches(NAME) || name.matches("\\.{1,2}"))
        .ifPresent(
            name ->
                complaints.add(
                    "github_actions: 'destroy_workflow' is '%s', which is no name"
                        .formatted(name)));
    return complaints;
  }

  /** The target; only where there are no {@link #complaints}. */
  static Target of(ActionRequest request) {
    boolean legacy = request.spec().has("owner") && request.spec().path("inputs").isObject();
    return new Target(
        find(request, "owner").orElse(""),
        find(request, "repo").orElse(""),
        find(request, "workflow").orElse(""),
        find(request, "ref").orElse("main"),
        find(request, "destroy_workflow").filter(name -> name.matches(NAME)).orElse(null),
        find(request, "correlation_input").orElse(null),
        legacy ? request.spec().path("inputs") : null);
  }

  private static Optional<String> find(ActionRequest request, String part) {
    return Stream.of(
            request.pluginConfig(), request.typeMetadata().path("github_actions"), request.spec())
        .map(place -> place.path(part))
        .filter(value -> value.isString() || value.isIntegralNumber())
        .map(value -> value.asString(""))
        .filter(value -> !value.isBlank())
        .findFirst();
  }

  /** {@code owner/repository}. */
  String fullName() {
    return owner + "/" + repository;
  }

  /** Path of the repository in the API. */
  String path() {
    return "/repos/" + owner + "/" + repository;
  }
}
