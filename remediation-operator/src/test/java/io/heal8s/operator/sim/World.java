// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.sim;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.api.k8shealer.remediation.Strategy.Mode;
import io.heal8s.core.decide.Announcement;
import io.heal8s.core.decide.policy.EffectivePolicy;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.operator.act.EventSink;
import io.heal8s.operator.act.ObjectPatcher;
import io.heal8s.operator.act.ObjectReader;
import io.heal8s.operator.act.PodEvictor;
import io.heal8s.operator.act.PodExec;
import io.heal8s.operator.act.PolicySource;
import io.heal8s.operator.act.RemediationCache;
import io.heal8s.operator.act.RemediationWriter;
import io.heal8s.operator.act.WebhookSender;
import io.heal8s.operator.act.WorkloadPatcher;
import io.heal8s.operator.act.patch.ChangedObject;
import io.heal8s.operator.act.patch.ObjectPatch;
import io.heal8s.operator.fakecluster.FakePatch;
import io.heal8s.operator.intent.PodCommand;
import io.heal8s.operator.intent.RemediationIntent;
import io.heal8s.operator.intent.WebhookCall;
import io.heal8s.operator.plan.patchresource.PatchTarget;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query;
import io.heal8s.operator.testing.Live;
import io.heal8s.operator.testing.Policies;
import io.heal8s.operator.testing.Rem;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The API server, as far as the operator sees it, and what watches over the rules of the house. */
final class World
    implements ObjectReader,
        WorkloadPatcher,
        RemediationWriter,
        RemediationCache,
        PolicySource,
        EventSink,
        PodEvictor,
        WebhookSender,
        PodExec,
        ObjectPatcher {

  /** Git repository for everything, alerts may act directly unasked. */
  static final String POLICY =
      """
      {"repositories":[{"forge":"git","repository":"https://git/shop.git",
         "path":"apps/{namespace}/{name}.yaml"}],
       "allow":{"unapproved":[{"detector":"Alert"}]}}
      """;

  Instant now = Rem.T0;
  long need = 300L << 20;
  @Nullable LiveObject deployment = Live.deployment("256Mi", 1);
  Instant readySince = Rem.T0.minusSeconds(3600);
  int restarts;
  String policyJson = POLICY;
  int policyVersion;
  boolean guarded = true;

  /** How many more calls succeed before the process dies; negative for never. */
  int callsToLive = -1;

  int calls;
  int statusWrites;
  int reads;
  final List<String> told = new ArrayList<>();
  final List<String> patchedAs = new ArrayList<>();
  final List<String> broken = new ArrayList<>();

  private final Map<ObjectKey, Remediation> server = new LinkedHashMap<>();
  private final Map<ObjectKey, Remediation> cache = new LinkedHashMap<>();
  private final Map<ObjectKey, Long> ownWrites = new HashMap<>();
  private final Map<String, EffectivePolicy> policies = new HashMap<>();
  private long version = 100;

  // ---- people and other controllers

  void create(Remediation remediation) {
    remediation.getMetadata().setResourceVersion(Long.toString(++version));
    server.put(ObjectKey.of(remediation.getMetadata()), remediation);
  }

  void delete(String name) {
    server.remove(new ObjectKey("shop", name));
  }

  Remediation get(String name) {
    return Objects.requireNonNull(server.get(new ObjectKey("shop", name)), name);
  }

  List<Remediation> all() {
    return List.copyOf(server.values());
  }

  void annotate(String name, String key, String value) {
    Remediation old = get(name);
    V1ObjectMeta metadata = copy(old.getMetadata());
    Map<String, String> annotations = new HashMap<>();
    if (metadata.getAnnotations() != null) {
      annotations.putAll(metadata.getAnnotations());
    }
    annotations.put(key, value);
    metadata.setAnnotations(annotations);
    put(old, metadata, old.status());
  }

  /** What another writer does to its own fields of a status. */
  void edit(String name, UnaryOperator<RemediationStatus> change) {
    Remediation old = get(name);
    put(old, copy(old.getMetadata()), change.apply(old.statusOrEmpty()));
  }

  void policy(String json) {
    policyJson = json;
    policyVersion++;
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
    deployment = new LiveObject(json);
    readySince = now;
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

  /** The cache catches up with the server. */
  void sync() {
    cache.clear();
    cache.putAll(server);
  }

  // ---- ports

  @Override
  public Reading read(Query query) {
    reads++;
    return new Reading.Read(
        switch (query) {
          case Query.Get get ->
              switch (get.kind()) {
                case "TargetApp" -> Optional.ofNullable(app).stream().toList();
                case "ReplicaSet" -> List.of(Live.replicaSet(Math.max(1, pods.size())));
                case "Deployment" -> Optional.ofNullable(deployment).stream().toList();
                case "ValidatingAdmissionPolicy" -> guarded ? List.of(Live.guard()) : List.of();
                case "ValidatingAdmissionPolicyBinding" ->
                    guarded ? List.of(Live.guardBinding()) : List.of();
                default -> List.of();
              };
          case Query.GetAs _ -> Optional.ofNullable(deployment).stream().toList();
          case Query.Patched(var account, var get, var patch) ->
              Optional.ofNullable(deployment).flatMap(live -> FakePatch.apply(live, patch)).stream()
                  .toList();
          case Query.ListBySelector list -> list.kind().equals("Pod") ? livePods() : List.of();
        });
  }

  private List<LiveObject> livePods() {
    if (deployment == null) {
      return List.of();
    }
    if (!pods.isEmpty()) {
      return pods.entrySet().stream()
          .map(one -> Live.podOf(one.getKey(), one.getValue().toString()))
          .toList();
    }
    boolean healthy = bytes(limit()) >= need;
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
    call();
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
    watchOverPatch();
    String before = limit();
    changeDeployment(operations);
    watchOverLimit(before, limit());
    LiveObject now = Objects.requireNonNull(deployment);
    call();
    return new Answer.Ok<>(now);
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
  public Answer<Remediation> writeStatus(Remediation read, RemediationStatus status) {
    call();
    Remediation current = server.get(ObjectKey.of(read.getMetadata()));
    if (current == null
        || !Objects.equals(
            current.getMetadata().getResourceVersion(), read.getMetadata().getResourceVersion())) {
      return new Answer.Failed<>(new ApiFailure.Conflict("moved"));
    }
    statusWrites++;
    watchOverStatus(current, status);
    Remediation written = put(current, copy(current.getMetadata()), status);
    call();
    return new Answer.Ok<>(written);
  }

  @Override
  public Answer<Remediation> writeCause(Remediation read, String cause) {
    call();
    Remediation current = server.get(ObjectKey.of(read.getMetadata()));
    if (current == null) {
      return new Answer.Failed<>(new ApiFailure.Conflict("gone"));
    }
    V1ObjectMeta metadata = copy(current.getMetadata());
    metadata.setLabels(Map.of("heal8s.io/cause", cause));
    Remediation written = put(current, metadata, current.status());
    call();
    return new Answer.Ok<>(written);
  }

  @Override
  public Optional<Remediation> get(ObjectKey key) {
    return Optional.ofNullable(cache.get(key));
  }

  @Override
  public List<Remediation> ofTarget(String targetKey) {
    return cache.values().stream()
        .filter(
            one ->
                one.statusOrEmpty().target() != null
                    && one.statusOrEmpty().target().key().equals(targetKey))
        .toList();
  }

  @Override
  public List<Remediation> withEffects(String targetNamespace) {
    return withEffects();
  }

  @Override
  public List<Remediation> withEffects() {
    return cache.values().stream()
        .filter(
            one -> one.statusOrEmpty().applied() != null || one.statusOrEmpty().intent() != null)
        .toList();
  }

  @Override
  public boolean behind(ObjectKey key) {
    Long written = ownWrites.get(key);
    Remediation cached = cache.get(key);
    return written != null
        && server.containsKey(key)
        && (cached == null || version(cached) < written);
  }

  @Override
  public InForce of(String namespace) {
    return new InForce(policies.computeIfAbsent(policyJson, Policies::of), "v" + policyVersion);
  }

  @Override
  public void tell(Remediation about, Announcement what) {
    told.add(about.getMetadata().getName() + " " + what.reason());
  }

  /** Bodies that reached the receiver. */
  final List<String> delivered = new ArrayList<>();

  /** The keys that they came with. */
  final List<String> deliveryKeys = new ArrayList<>();

  WebhookSender.Reply receiver = new WebhookSender.Reply.Answered(200);

  /** Commands that were begun. */
  final List<String> commands = new ArrayList<>();

  PodExec.Result commandResult = new PodExec.Result.Exited(0, "");

  /** Pods of the ReplicaSet api-h1 by name, with their creation; empty for the usual one pod. */
  final TreeMap<String, Instant> pods = new TreeMap<>();

  final List<String> evicted = new ArrayList<>();
  boolean budgetAllows = true;
  int patches;

  /** The detector's object. */
  @Nullable LiveObject app;

  @Override
  public Answer<Boolean> evict(RemediationIntent.Effect.Evict eviction) {
    call();
    if (!budgetAllows) {
      return new Answer.Failed<>(
          new ApiFailure.Throttled(Duration.ofSeconds(1), "the disruption budget is used up"));
    }
    if (pods.remove(eviction.pod()) == null || !eviction.uid().equals("uid-" + eviction.pod())) {
      return new Answer.Failed<>(new ApiFailure.NotFound("pods", eviction.pod(), "gone"));
    }
    evicted.add(eviction.pod());
    pods.put(eviction.pod() + "x", now);
    call();
    return new Answer.Ok<>(true);
  }

  @Override
  public WebhookSender.Reply send(WebhookCall webhook, String namespace, String body, String key) {
    call();
    delivered.add(body);
    deliveryKeys.add(key);
    call();
    return receiver;
  }

  @Override
  public PodExec.Result run(
      String namespace, String pod, String container, String account, PodCommand command) {
    call();
    commands.add(pod + "/" + container + " as " + account + " " + command.argv());
    call();
    return commandResult;
  }

  @Override
  public Answer<LiveObject> patch(RemediationIntent.Effect.Patch patch, String key) {
    call();
    if (!Objects.requireNonNull(deployment)
        .resourceVersion()
        .equals(patch.read().resourceVersion())) {
      return new Answer.Failed<>(new ApiFailure.Conflict("moved"));
    }
    patches++;
    deployment = FakePatch.apply(deployment, patch.request()).orElseThrow();
    set("metadata.annotations[\"" + PatchTarget.KEY + "\"]", key);
    call();
    return new Answer.Ok<>(deployment);
  }

  /** A new process remembers nothing. */
  void restarted() {
    ownWrites.clear();
    callsToLive = -1;
  }

  // ---- the rules of the house

  private void watchOverPatch() {
    long acting =
        server.values().stream()
            .filter(one -> !ended(one))
            .filter(
                one ->
                    one.statusOrEmpty().intent() != null
                        || (one.statusOrEmpty().applied() != null
                            && one.statusOrEmpty().applied().via() == Mode.Direct))
            .count();
    if (acting > 1) {
      broken.add(acting + " direct effects on one target at once");
    }
  }

  private void watchOverLimit(String before, String after) {
    boolean undoing =
        server.values().stream()
            .map(Remediation::statusOrEmpty)
            .anyMatch(
                status ->
                    status.intent() != null && status.intent().type() == RecordedIntent.Type.Undo);
    if (bytes(after) < bytes(before) && !undoing) {
      broken.add("lowered " + before + " to " + after);
    }
  }

  private void watchOverStatus(Remediation current, RemediationStatus status) {
    String name = current.getMetadata().getName();
    if (ended(current)) {
      broken.add(name + " was written to after its end");
    }
    if (status.phase() == null || status.reason() == null || status.reason().isEmpty()) {
      broken.add(name + " has no phase or reason");
    }
    int states =
        (status.isTrue(ConditionType.Ready) ? 1 : 0)
            + (status.isTrue(ConditionType.Reconciling) ? 1 : 0)
            + (status.isTrue(ConditionType.Stalled) ? 1 : 0);
    if (states != 1) {
      broken.add(name + " is " + states + " of Ready, Reconciling and Stalled");
    }
    for (Condition condition : status.conditions()) {
      if (!condition.reason().matches("[A-Z][A-Za-z0-9]*")
          || condition.lastTransitionTime() == null) {
        broken.add(name + " has the condition " + condition);
      }
    }
    if (!Objects.equals(status.observedGeneration(), current.getMetadata().getGeneration())) {
      broken.add(name + " did not say which generation it judged");
    }
    PullRequest old = current.statusOrEmpty().pullRequest();
    if (!Objects.equals(old, status.pullRequest())) {
      broken.add(name + ": the pr service's field was changed");
    }
  }

  private static boolean ended(Remediation remediation) {
    var phase = remediation.statusOrEmpty().phase();
    return phase != null && phase.isEnd();
  }

  // ---- inner works

  private void call() {
    calls++;
    if (callsToLive == 0) {
      throw new Killed();
    }
    if (callsToLive > 0) {
      callsToLive--;
    }
  }

  private Remediation put(
      Remediation old, V1ObjectMeta metadata, @Nullable RemediationStatus status) {
    metadata.setResourceVersion(Long.toString(++version));
    Remediation next = new Remediation(old.apiVersion(), old.kind(), metadata, old.spec(), status);
    server.put(ObjectKey.of(metadata), next);
    ownWrites.put(ObjectKey.of(metadata), version);
    return next;
  }

  private static V1ObjectMeta copy(V1ObjectMeta old) {
    V1ObjectMeta metadata = new V1ObjectMeta();
    metadata.setName(old.getName());
    metadata.setNamespace(old.getNamespace());
    metadata.setUid(old.getUid());
    metadata.setGeneration(old.getGeneration());
    metadata.setCreationTimestamp(old.getCreationTimestamp());
    metadata.setAnnotations(old.getAnnotations());
    metadata.setLabels(old.getLabels());
    return metadata;
  }

  private static long version(Remediation remediation) {
    return Long.parseLong(Objects.requireNonNull(remediation.getMetadata().getResourceVersion()));
  }

  static long bytes(String quantity) {
    return Quantity.fromString(quantity).getNumber().longValue();
  }

  void pass(Duration time) {
    now = now.plus(time);
  }
}
