// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.kubernetes;

import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.resource.plugin.ActionPlugin;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.Capability;
import io.heal8s.resource.plugin.DriftResult;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.PluginInfo;
import io.heal8s.resource.plugin.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Applies manifests and waits until they are ready. Found by the ServiceLoader. */
public final class KubernetesPlugin implements ActionPlugin {

  private static final String DESTROY = "destroy";
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration USUAL = Duration.ofSeconds(2);

  private @Nullable ClusterObjects objects;
  private InstantSource clock = Clock.systemUTC();

  /** Made by the ServiceLoader. */
  public KubernetesPlugin() {}

  @Override
  public PluginInfo info() {
    return new PluginInfo("kubernetes", "1.0.0", API_VERSION);
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.DRIFT, Capability.CANCEL);
  }

  @Override
  public void open(PluginEnvironment environment) {
    clock = environment.time();
    KubernetesApi api = ClusterAccess.open(environment.settings());
    objects = new ClusterObjects(api);
  }

  private ClusterObjects objects() {
    return Objects.requireNonNull(objects, "not opened");
  }

  @Override
  public List<String> validateSpec(ActionRequest request) {
    try {
      Plan.of(request);
      return List.of();
    } catch (IllegalArgumentException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public List<String> validateChange(ActionRequest now, ActionRequest wanted) {
    try {
      String home = Plan.home(now);
      String namespace = Plan.namespace(wanted);
      return home.equals(namespace) ? List.of() : List.of(Plan.moved(home, namespace));
    } catch (IllegalArgumentException e) {
      // One that has no namespace was never applied.
      return List.of();
    }
  }

  @Override
  public PlanResult plan(ActionRequest request) {
    try {
      List<String> lines = new Preview(new Pass(objects(), request)).lines(Plan.of(request));
      return lines.isEmpty()
          ? new PlanResult.NoChanges("everything is as wanted")
          : new PlanResult.Changes(String.join("\n", lines));
    } catch (IllegalArgumentException | Trouble e) {
      return new PlanResult.Failed(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public DriftResult detectDrift(ActionRequest request) {
    try {
      List<String> lines = new Preview(new Pass(objects(), request)).lines(Plan.of(request));
      return lines.isEmpty()
          ? new DriftResult.InSync()
          : new DriftResult.Drifted(String.join("\n", lines));
    } catch (IllegalArgumentException e) {
      // The type changed to what cannot be applied; a plan tells it.
      return new DriftResult.Drifted(String.valueOf(e.getMessage()));
    } catch (Trouble e) {
      return new DriftResult.Unclear(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Step apply(ActionRequest request) {
    try {
      Plan plan = Plan.of(request);
      Pass.Result result = new Pass(objects(), request).apply(plan);
      ObjectNode handle = handle("apply", result.changes());
      return judged(plan, result.applied(), handle);
    } catch (IllegalArgumentException e) {
      return Step.Failed.because(String.valueOf(e.getMessage()));
    } catch (Trouble e) {
      return e.step();
    }
  }

  private ObjectNode handle(String operation, Step.Changes changes) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("operation", operation)
        .put("since", clock.instant().toEpochMilli())
        .put("created", changes.created())
        .put("updated", changes.updated())
        .put("deleted", changes.deleted());
  }

  private static Step.Changes changes(JsonNode handle) {
    return new Step.Changes(
        handle.path("created").intValue(0),
        handle.path("updated").intValue(0),
        handle.path("deleted").intValue(0));
  }

  private Step judged(Plan plan, List<JsonNode> now, ObjectNode handle) {
    List<String> waiting = new ArrayList<>();
    for (JsonNode object : now) {
      String name =
          object.path("kind").asString("")
              + " "
              + object.path("metadata").path("name").asString("");
      switch (Readiness.of(object)) {
        case Readiness.Ready _ -> {}
        case Readiness.Waiting(String why) -> waiting.add(name + " " + why);
        case Readiness.Broken(String why) -> {
          return Step.Failed.because(name + " " + why);
        }
      }
    }
    if (waiting.isEmpty()) {
      return new Step.Done(
          changes(handle), outputs(plan, now), "%d objects are ready".formatted(now.size()));
    }
    Instant since = Instant.ofEpochMilli(handle.path("since").longValue(0));
    String message = String.join("; ", waiting);
    if (Duration.between(since, clock.instant()).compareTo(plan.readyTimeout()) > 0) {
      return Step.Failed.because(
          "not ready after %ds: %s".formatted(plan.readyTimeout().toSeconds(), message));
    }
    boolean young = Duration.between(since, clock.instant()).compareTo(USUAL) < 0;
    return new Step.Running(handle, young ? FIRST : USUAL, message);
  }

  private static JsonNode outputs(Plan plan, List<JsonNode> now) {
    ObjectNode outputs =
        JsonNodeFactory.instance.objectNode().put(Plan.NAMESPACE, plan.namespace());
    ArrayNode list = outputs.putArray("objects");
    for (JsonNode object : now) {
      JsonNode metadata = object.path("metadata");
      list.add(
          new Member(
                  object.path("apiVersion").asString(""),
                  object.path("kind").asString(""),
                  metadata.path("namespace").asString(""),
                  metadata.path("name").asString(""))
              .json()
              .put("uid", Pass.uid(object)));
    }
    return outputs;
  }

  @Override
  public Step poll(ActionRequest request, JsonNode json) {
    ObjectNode handle = (ObjectNode) json.deepCopy();
    if (handle.path("operation").asString("").equals(DESTROY)) {
      return removed(request, handle);
    }
    try {
      Pass pass = new Pass(objects(), request);
      Plan plan = Plan.of(request);
      List<JsonNode> now = new ArrayList<>();
      for (Manifest manifest : pass.placed(plan)) {
        Optional<JsonNode> found =
            Trouble.orThrow(objects().get(manifest.member()), manifest.member());
        if (found.isEmpty()) {
          return Step.Failed.because(manifest.member() + " was deleted by somebody");
        }
        now.add(found.get());
      }
      return judged(plan, now, handle);
    } catch (IllegalArgumentException e) {
      return Step.Failed.because(String.valueOf(e.getMessage()));
    } catch (Trouble e) {
      // What was applied goes on; only our question got lost.
      return new Step.Running(handle, USUAL, e.getMessage());
    }
  }

  @Override
  public Step destroy(ActionRequest request) {
    return removed(request, handle(DESTROY, Step.Changes.NONE));
  }

  /** Deletes the members, the last first, and when all are gone the parent. */
  private Step removed(ActionRequest request, ObjectNode handle) {
    try {
      Pass pass = new Pass(objects(), request);
      ApplySet set = pass.stored(Plan.home(request));
      List<String> left = new ArrayList<>();
      for (Member member : set.members().reversed()) {
        if (pass.delete(set, member)) {
          left.add(member.toString());
        }
      }
      handle.put("deleted", Math.max(handle.path("deleted").intValue(0), left.size()));
      if (!left.isEmpty()) {
        return new Step.Running(handle, FIRST, "waiting for the end of " + String.join(", ", left));
      }
      Optional<JsonNode> parent = Trouble.orThrow(objects().get(set.parent()), set.parent());
      Optional<ApiFailure> failure =
          parent.flatMap(found -> objects().delete(set.parent(), Pass.uid(found)));
      if (failure.isPresent()) {
        throw Trouble.of(failure.get(), set.parent());
      }
      return new Step.Done(changes(handle), null, "everything is gone");
    } catch (IllegalArgumentException e) {
      return Step.Failed.because(String.valueOf(e.getMessage()));
    } catch (Trouble e) {
      return e.step();
    }
  }

  /** Nothing runs but the cluster itself; the destroy that follows removes what is there. */
  @Override
  public Step cancel(ActionRequest request, JsonNode handle) {
    return new Step.Done(Step.Changes.NONE, null, "no longer waited for");
  }
}
