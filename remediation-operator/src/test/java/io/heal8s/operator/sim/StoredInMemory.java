// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.sim;

import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationSpec;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.operator.act.RemediationCache;
import io.heal8s.operator.act.RemediationWriter;
import io.heal8s.operator.gate.Edge;
import io.heal8s.operator.gate.Standing;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The Remediations on the server, and what the operator's cache shows of them. */
final class StoredInMemory implements RemediationWriter, RemediationCache {

  private final Calls calls;
  private final HouseRules rules;

  int statusWrites;

  /** What becomes of a write of a status. */
  enum Fate {
    WRITTEN,
    REFUSED,
    /** It is written, and nobody is told. */
    ANSWER_LOST
  }

  /** Of the object of that name, with that status. */
  BiFunction<String, RemediationStatus, Fate> fate = (name, status) -> Fate.WRITTEN;

  private final Map<ObjectKey, Remediation> server = new LinkedHashMap<>();
  private final Map<ObjectKey, Remediation> cache = new LinkedHashMap<>();
  private final Map<ObjectKey, Long> ownWrites = new HashMap<>();
  private long version = 100;
  private long seen;

  StoredInMemory(Calls calls, HouseRules rules) {
    this.calls = calls;
    this.rules = rules;
  }

  void create(Remediation remediation) {
    remediation.getMetadata().setResourceVersion(Long.toString(++version));
    server.put(ObjectKey.of(remediation.getMetadata()), remediation);
  }

  /** Another one when the cache shows something else. */
  long seen() {
    return seen;
  }

  void delete(String name) {
    version++;
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

  /** Somebody who may update it asks for another action. */
  void ask(String name, ActionSpec action) {
    Remediation old = get(name);
    RemediationSpec spec = old.spec();
    V1ObjectMeta metadata = copy(old.getMetadata());
    metadata.setGeneration(Objects.requireNonNull(metadata.getGeneration()) + 1);
    metadata.setResourceVersion(Long.toString(++version));
    RemediationSpec edited =
        new RemediationSpec(
            spec.alert(),
            spec.detector(),
            spec.target(),
            action,
            spec.strategy(),
            spec.github(),
            spec.trace(),
            spec.verify(),
            spec.escalate(),
            spec.serviceAccountName());
    server.put(
        ObjectKey.of(metadata),
        new Remediation(old.apiVersion(), old.kind(), metadata, edited, old.status()));
  }

  /** What another writer does to its own fields of a status. */
  void edit(String name, UnaryOperator<RemediationStatus> change) {
    Remediation old = get(name);
    put(old, copy(old.getMetadata()), change.apply(old.statusOrEmpty()));
  }

  /** The cache catches up with the server. */
  void sync() {
    seen = version;
    cache.clear();
    cache.putAll(server);
  }

  @Override
  public Answer<Remediation> writeStatus(Remediation read, RemediationStatus status) {
    calls.one();
    Remediation current = server.get(ObjectKey.of(read.getMetadata()));
    if (current == null
        || !Objects.equals(
            current.getMetadata().getResourceVersion(), read.getMetadata().getResourceVersion())) {
      return new Answer.Failed<>(new ApiFailure.Conflict("moved"));
    }
    Fate decided = fate.apply(read.getMetadata().getName(), status);
    if (decided == Fate.REFUSED) {
      return new Answer.Failed<>(new ApiFailure.Invalid(422, "no status of ours"));
    }
    statusWrites++;
    rules.status(current, status);
    Remediation written = put(current, copy(current.getMetadata()), status);
    calls.one();
    return decided == Fate.WRITTEN
        ? new Answer.Ok<>(written)
        : new Answer.Failed<>(new ApiFailure.Transient(0, "connection reset", null));
  }

  @Override
  public Answer<Remediation> writeCause(Remediation read, String cause) {
    calls.one();
    Remediation current = server.get(ObjectKey.of(read.getMetadata()));
    if (current == null) {
      return new Answer.Failed<>(new ApiFailure.Conflict("gone"));
    }
    V1ObjectMeta metadata = copy(current.getMetadata());
    metadata.setLabels(Map.of("heal8s.io/cause", cause));
    Remediation written = put(current, metadata, current.status());
    calls.one();
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
  public List<Remediation> arriving(String edgeKey) {
    return cache.values().stream()
        .filter(one -> one.statusOrEmpty().target() == null)
        .filter(one -> Edge.of(one).filter(edge -> edge.key().equals(edgeKey)).isPresent())
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
            one ->
                one.statusOrEmpty().applied() != null
                    || one.statusOrEmpty().intent() != null
                    || new Standing(one).proposed())
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

  /** A new process remembers nothing. */
  void restarted() {
    ownWrites.clear();
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
}
