// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An API server of Remediations in memory: names are unique, and it fails when told to. */
final class MemoryRemediationApi implements RemediationApi {

  final Map<ObjectKey, Remediation> objects = new ConcurrentHashMap<>();

  private final List<Function<ObjectKey, Optional<ApiFailure>>> faults =
      new CopyOnWriteArrayList<>();
  private boolean storesBeforeFailing;

  /** From now on each call about a matching key fails so; null for "not this one". */
  void failWith(Function<ObjectKey, @Nullable ApiFailure> fault) {
    faults.add(key -> Optional.ofNullable(fault.apply(key)));
  }

  /** A create that fails has been done all the same: its answer is lost on the way. */
  void loseAnswers() {
    storesBeforeFailing = true;
  }

  void heal() {
    faults.clear();
    storesBeforeFailing = false;
  }

  void update(String namespace, String name, UnaryOperator<Remediation> change) {
    objects.compute(new ObjectKey(namespace, name), (key, old) -> change.apply(old));
  }

  @Override
  public Answer<ObjectKey> create(ObjectKey key, byte[] json) {
    Optional<ApiFailure> fault = fault(key);
    if (fault.isPresent() && !storesBeforeFailing) {
      return new Answer.Failed<>(fault.get());
    }
    Remediation object =
        WireJson.GSON.fromJson(new String(json, StandardCharsets.UTF_8), Remediation.class);
    object.getMetadata().setUid("uid-of-" + key.name());
    object.getMetadata().setGeneration(1L);
    boolean isNew = objects.putIfAbsent(key, object) == null;
    if (fault.isPresent()) {
      return new Answer.Failed<>(fault.get());
    }
    return isNew
        ? new Answer.Ok<>(key)
        : new Answer.Failed<>(new ApiFailure.AlreadyExists(key + " already exists"));
  }

  @Override
  public Answer<Optional<Remediation>> read(ObjectKey key) {
    return fault(key)
        .<Answer<Optional<Remediation>>>map(Answer.Failed::new)
        .orElseGet(() -> new Answer.Ok<>(Optional.ofNullable(objects.get(key))));
  }

  @Override
  public Answer<List<Remediation>> list(String namespace, String label, String value) {
    Optional<ApiFailure> fault = fault(new ObjectKey(namespace, "*"));
    if (fault.isPresent()) {
      return new Answer.Failed<>(fault.get());
    }
    List<Remediation> found = new ArrayList<>();
    objects.forEach(
        (key, object) -> {
          Map<String, String> labels = object.getMetadata().getLabels();
          if (key.namespace().equals(namespace)
              && labels != null
              && value.equals(labels.get(label))) {
            found.add(object);
          }
        });
    return new Answer.Ok<>(found);
  }

  @Override
  public Answer<Remediation> setCondition(Remediation read, Condition condition) {
    ObjectKey key = ObjectKey.of(read.getMetadata());
    Optional<ApiFailure> fault = fault(key);
    if (fault.isPresent()) {
      return new Answer.Failed<>(fault.get());
    }
    Remediation changed =
        objects.computeIfPresent(key, (k, old) -> Changed.withCondition(old, condition));
    return changed == null
        ? new Answer.Failed<>(new ApiFailure.NotFound("remediations", key.name(), "gone"))
        : new Answer.Ok<>(changed);
  }

  private Optional<ApiFailure> fault(ObjectKey key) {
    return faults.stream().map(fault -> fault.apply(key)).flatMap(Optional::stream).findFirst();
  }

  /** Remediations as controllers would have changed them. */
  static final class Changed {
    private Changed() {}

    static Remediation withCondition(Remediation old, Condition condition) {
      RemediationStatus s = old.statusOrEmpty();
      List<Condition> conditions = new ArrayList<>(s.conditions());
      conditions.removeIf(held -> held.type().equals(condition.type()));
      conditions.add(condition);
      return with(
          old,
          new RemediationStatus(
              s.observedGeneration(),
              s.phase(),
              s.reason(),
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              s.resolvedAt(),
              null,
              conditions));
    }

    static Remediation with(Remediation old, RemediationStatus status) {
      return new Remediation(old.apiVersion(), old.kind(), old.metadata(), old.spec(), status);
    }
  }
}
