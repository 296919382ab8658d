// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.kubernetes;

import io.heal8s.core.effect.ApiFailure;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Makes the cluster as wanted. First the parent names everything that may be there, then the
 * members are applied, then what is no longer wanted is deleted, then the parent names what is
 * left: killed anywhere, the next pass finds all.
 */
record Pass(ClusterObjects objects, ActionRequest request) {

  /** What was applied, as the server has it, and how many objects came, changed and went. */
  record Result(List<JsonNode> applied, Step.Changes changes) {}

  /** The set as it is stored; without members where there is none. */
  ApplySet stored(String namespace) throws Trouble {
    Member parent = ApplySet.parentOf(request, namespace);
    Optional<JsonNode> found = Trouble.orThrow(objects.get(parent), parent);
    try {
      return found.isEmpty()
          ? new ApplySet(parent, List.of())
          : ApplySet.read(parent, found.get(), request);
    } catch (IllegalArgumentException e) {
      throw new Trouble(String.valueOf(e.getMessage()));
    }
  }

  /** Manifests with the place that their kind has. */
  List<Manifest> placed(Plan plan) throws Trouble {
    List<Manifest> placed = new ArrayList<>();
    for (Manifest manifest : plan.manifests()) {
      placed.add(Trouble.orThrow(objects.placed(manifest), manifest.member()));
    }
    return placed;
  }

  Result apply(Plan plan) throws Trouble {
    List<Manifest> manifests = placed(plan);
    List<Member> wanted = manifests.stream().map(Manifest::member).toList();
    ApplySet set = stored(plan.namespace());
    // Looked at before anything is written, so that a refusal leaves nothing half-done.
    List<Optional<JsonNode>> before = new ArrayList<>();
    for (Member member : wanted) {
      before.add(ours(set, member));
    }
    ApplySet both = set.with(wanted);
    write(both);
    List<JsonNode> applied = new ArrayList<>();
    int created = 0;
    int updated = 0;
    for (int i = 0; i < manifests.size(); i++) {
      Manifest manifest = manifests.get(i);
      JsonNode now =
          Trouble.orThrow(
              objects.apply(
                  manifest.member(),
                  set.marked(manifest.content()),
                  before.get(i).map(Pass::uid).orElse(null),
                  false),
              manifest.member());
      applied.add(now);
      if (before.get(i).isEmpty()) {
        created++;
      } else if (!version(before.get(i).get()).equals(version(now))) {
        updated++;
      }
    }
    int deleted = 0;
    for (Member gone : both.beside(wanted)) {
      deleted += delete(set, gone) ? 1 : 0;
    }
    write(new ApplySet(set.parent(), wanted));
    return new Result(applied, new Step.Changes(created, updated, deleted));
  }

  /** What is there of a member; trouble when it is somebody else's. */
  Optional<JsonNode> ours(ApplySet set, Member member) throws Trouble {
    Optional<JsonNode> found = Trouble.orThrow(objects.get(member), member);
    if (found.isPresent() && !set.holds(found.get())) {
      throw new Trouble(
          "%s is there and not of this resource: give it another name, or label it %s=%s to hand it over"
              .formatted(member, ApplySet.PART_OF, set.id()));
    }
    return found;
  }

  private void write(ApplySet set) throws Trouble {
    Trouble.orThrow(objects.apply(set.parent(), set.content(request), null, false), set.parent());
  }

  /** Asks for the deletion of what is ours; false when there is nothing. */
  boolean delete(ApplySet set, Member member) throws Trouble {
    Optional<JsonNode> found = Trouble.orThrow(objects.get(member), member);
    if (found.isEmpty() || !set.holds(found.get())) {
      return false;
    }
    if (found.get().path("metadata").has("deletionTimestamp")) {
      return true;
    }
    Optional<ApiFailure> failure = objects.delete(member, uid(found.get()));
    if (failure.isPresent()) {
      throw Trouble.of(failure.get(), member);
    }
    return true;
  }

  static String uid(JsonNode object) {
    return object.path("metadata").path("uid").asString("");
  }

  private static String version(JsonNode object) {
    return object.path("metadata").path("resourceVersion").asString("");
  }
}
