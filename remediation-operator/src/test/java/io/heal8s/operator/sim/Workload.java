// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.sim;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.operator.act.ObjectPatcher;
import io.heal8s.operator.act.ObjectReader;
import io.heal8s.operator.act.PodEvictor;
import io.heal8s.operator.act.WorkloadPatcher;
import io.heal8s.operator.act.patch.ChangedObject;
import io.heal8s.operator.act.patch.ObjectPatch;
import io.heal8s.operator.fakecluster.FakeCluster;
import io.heal8s.operator.fakecluster.FakePatch;
import io.heal8s.operator.intent.RemediationIntent;
import io.heal8s.operator.plan.patchresource.PatchTarget;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query;
import io.heal8s.operator.testing.Live;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Deployment of every story, its pods, and what else is read of the cluster. */
final class Workload implements ObjectReader, WorkloadPatcher, PodEvictor, ObjectPatcher {

  private final Calls calls;
  private final HouseRules rules;
  private final StoredInMemory remediations;
  private final InstantSource clock;

  long need = 300L << 20;
  @Nullable LiveObject deployment = Live.deployment("256Mi", 1);
  Instant readySince = Rem.T0.minusSeconds(3600);
  int restarts;
  boolean guarded = true;

  /** What a mutating admission webhook makes of each write to the Deployment, on trial or not. */
  UnaryOperator<LiveObject> webhook = UnaryOperator.identity();

  /** What the API server says to an account that may not read; null where it may. */
  @Nullable String refusesAccounts;

  /** What the API server does not answer; the operator's own account may read no ConfigMap. */
  Predicate<Query> unanswered =
      query -> query instanceof Query.Get get && get.kind().equals("ConfigMap");

  int reads;
  final List<String> patchedAs = new ArrayList<>();

  /** Pods of the ReplicaSet api-h1 by name, with their creation; empty for the usual one pod. */
  final TreeMap<String, Instant> pods = new TreeMap<>();

  /**
   * Those of them that somebody gave the label {@code marked=yes}; what comes for them has none.
   */
  final Set<String> marked = new HashSet<>();

  final List<String> evicted = new ArrayList<>();
  boolean budgetAllows = true;
  int patches;

  /** The detector's object. */
  @Nullable LiveObject app;

  private long version = 100;

  Workload(Calls calls, HouseRules rules, StoredInMemory remediations, InstantSource clock) {
    this.calls = calls;
    this.rules = rules;
    this.remediations = remediations;
    this.clock = clock;
  }

  /** Somebody other than the operator sets the limit; the rollout is done at once. */
  void setLimit(String limit) {
    set(Rem.LIMIT, limit);
  }

  /** Somebody other than the operator writes a field of the Deployment. */
  void set(String path, @Nullable String value) {
    if (deployment != null) {
      Change change = Change.of(path, null, value, Change.ValueType.string);
      String held = deployment.text(path);
      Change wanted =
          new Change(path, held.isEmpty() ? null : held, value, change.type(), null, null, null);
      if (ObjectPatch.apply(List.of(wanted), deployment)
          instanceof ObjectPatch.Ready(JsonArray steps)) {
        changeDeployment(steps);
      }
    }
  }

  private void changeDeployment(JsonArray steps) {
    JsonObject json = Objects.requireNonNull(deployment).json().deepCopy();
    for (JsonElement element : steps) {
      JsonObject step = element.getAsJsonObject();
      String op = step.get("op").getAsString();
      List<String> path = pointer(step);
      JsonElement parent = json;
      for (String segment : path.subList(0, path.size() - 1)) {
        parent = child(parent, segment);
      }
      JsonObject map = parent.getAsJsonObject();
      switch (op) {
        case "add", "replace" -> map.add(path.getLast(), step.get("value"));
        case "remove" -> map.remove(path.getLast());
        default -> {}
      }
    }
    long generation = deployment.generation() + 1;
    json.getAsJsonObject("metadata").addProperty("generation", generation);
    json.getAsJsonObject("metadata").addProperty("resourceVersion", Long.toString(++version));
    json.getAsJsonObject("status").addProperty("observedGeneration", generation);
    deployment = webhook.apply(new LiveObject(json));
    readySince = clock.instant();
    restarts = 0;
  }

  private static List<String> pointer(JsonObject step) {
    return Stream.of(step.get("path").getAsString().substring(1).split("/", -1))
        .map(segment -> segment.replace("~1", "/").replace("~0", "~"))
        .toList();
  }

  private static JsonElement child(JsonElement parent, String segment) {
    return parent instanceof JsonArray array
        ? array.get(Integer.parseInt(segment))
        : parent.getAsJsonObject().get(segment);
  }

  String limit() {
    return deployment == null ? "" : deployment.text(Rem.LIMIT);
  }

  @Override
  public Reading read(Query query) {
    reads++;
    if (query instanceof Query.GetAs && refusesAccounts != null) {
      return new Reading.UnknownKind(refusesAccounts);
    }
    if (unanswered.test(query)) {
      return new Reading.Failed("HTTP 403", new IllegalStateException("HTTP 403"));
    }
    return new Reading.Read(
        switch (query) {
          case Query.Get get ->
              switch (get.kind()) {
                case "TargetApp" -> Optional.ofNullable(app).stream().toList();
                case "ReplicaSet" -> List.of(Live.replicaSet(Math.max(1, pods.size())));
                case "Deployment" ->
                    Optional.ofNullable(deployment).stream()
                        .map(live -> Live.with(live, "metadata.name", quoted(get.name())))
                        .toList();
                case "ValidatingAdmissionPolicy" -> guarded ? List.of(Live.guard()) : List.of();
                case "ValidatingAdmissionPolicyBinding" ->
                    guarded ? List.of(Live.guardBinding()) : List.of();
                default -> List.of();
              };
          case Query.GetAs _ -> Optional.ofNullable(deployment).stream().toList();
          case Query.Patched(var account, var get, var patch, var read) ->
              Optional.ofNullable(deployment)
                  .flatMap(live -> FakePatch.apply(live, patch))
                  .map(webhook)
                  .stream()
                  .toList();
          case Query.ListBySelector list -> FakeCluster.of(livePods()).answer(list);
        });
  }

  // However it is called: what differs between workloads of one sort is their name.
  private static String quoted(String name) {
    return "\"" + name + "\"";
  }

  private List<LiveObject> livePods() {
    if (deployment == null) {
      return List.of();
    }
    if (!pods.isEmpty()) {
      return pods.entrySet().stream()
          .map(
              one -> {
                LiveObject pod = Live.podOf(one.getKey(), one.getValue().toString());
                return marked.contains(one.getKey())
                    ? Live.with(pod, "metadata.labels.marked", "\"yes\"")
                    : pod;
              })
          .toList();
    }
    boolean healthy = World.bytes(limit()) >= need;
    if (!healthy) {
      restarts++;
    }
    LiveObject pod = Live.pod("api-h1-0", healthy, restarts, readySince.toString());
    JsonObject container = new JsonObject();
    container.addProperty("name", "api");
    JsonObject limits = new JsonObject();
    limits.addProperty("memory", limit());
    JsonObject resources = new JsonObject();
    resources.add("limits", limits);
    container.add("resources", resources);
    JsonArray containers = new JsonArray();
    containers.add(container);
    JsonObject spec = new JsonObject();
    spec.add("containers", containers);
    pod.json().add("spec", spec);
    return List.of(pod);
  }

  @Override
  public Answer<LiveObject> patch(
      ChangedObject object, JsonArray operations, @Nullable String account) {
    calls.one();
    patchedAs.add(account == null ? "operator" : account);
    if (deployment == null) {
      return new Answer.Failed<>(new ApiFailure.NotFound("deployments", "api", "gone"));
    }
    for (JsonElement element : operations) {
      JsonObject step = element.getAsJsonObject();
      if (step.get("op").getAsString().equals("test") && !holds(step)) {
        return new Answer.Failed<>(new ApiFailure.Conflict("test failed: " + step));
      }
    }
    rules.beforePatch(remediations.all());
    String before = limit();
    changeDeployment(operations);
    rules.afterPatch(remediations.all(), before, limit());
    LiveObject written = Objects.requireNonNull(deployment);
    calls.one();
    return new Answer.Ok<>(written);
  }

  private boolean holds(JsonObject step) {
    @Nullable JsonElement here = Objects.requireNonNull(deployment).json();
    for (String segment : pointer(step)) {
      here = child(here, segment);
      if (here == null) {
        return false;
      }
    }
    return here.equals(step.get("value"))
        || (here instanceof JsonPrimitive one
            && one.getAsString().equals(step.get("value").getAsString()));
  }

  @Override
  public Answer<Boolean> evict(RemediationIntent.Effect.Evict eviction) {
    calls.one();
    if (!budgetAllows) {
      return new Answer.Failed<>(
          new ApiFailure.Throttled(Duration.ofSeconds(1), "the disruption budget is used up"));
    }
    if (pods.remove(eviction.pod()) == null || !eviction.uid().equals("uid-" + eviction.pod())) {
      return new Answer.Failed<>(new ApiFailure.NotFound("pods", eviction.pod(), "gone"));
    }
    rules.does(ActionType.RestartPods, remediations.all());
    rules.beforePatch(remediations.all());
    evicted.add(eviction.pod());
    pods.put(eviction.pod() + "x", clock.instant());
    calls.one();
    return new Answer.Ok<>(true);
  }

  @Override
  public Answer<LiveObject> patch(RemediationIntent.Effect.Patch patch, String key) {
    calls.one();
    if (deployment == null
        || !deployment.resourceVersion().equals(patch.read().resourceVersion())) {
      return new Answer.Failed<>(new ApiFailure.Conflict("moved"));
    }
    rules.does(ActionType.PatchResource, remediations.all());
    rules.beforePatch(remediations.all());
    patches++;
    deployment = webhook.apply(FakePatch.apply(deployment, patch.request()).orElseThrow());
    set("metadata.annotations[\"" + PatchTarget.KEY + "\"]", key);
    calls.one();
    return new Answer.Ok<>(deployment);
  }
}
