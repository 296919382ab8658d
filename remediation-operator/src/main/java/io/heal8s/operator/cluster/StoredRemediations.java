// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.cluster;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.core.observe.OwnWrites;
import io.heal8s.core.observe.Store;
import io.heal8s.core.observe.Watched;
import io.heal8s.operator.act.RemediationCache;
import io.heal8s.operator.gate.Edge;
import io.heal8s.operator.gate.Standing;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remediations as the informer knows them, found by target and by effect. */
public final class StoredRemediations implements RemediationCache {

  private static final String TARGET = "target";
  private static final String ARRIVING = "arriving";
  private static final String EFFECT = "effect";
  private static final String ANYWHERE = "*";

  private final Store<Remediation> store;
  private final OwnWrites ownWrites;

  /** Reads that store, which was declared by {@link #watched}. */
  public StoredRemediations(Store<Remediation> store, OwnWrites ownWrites) {
    this.store = store;
    this.ownWrites = ownWrites;
  }

  /** What must be watched for this. */
  public static Watched<Remediation> watched() {
    return Watched.required(ServedKinds.REMEDIATIONS)
        .indexedBy(TARGET, remediation -> targetKeys(remediation))
        .indexedBy(ARRIVING, remediation -> arrivingEdges(remediation))
        .indexedBy(EFFECT, remediation -> effectNamespaces(remediation));
  }

  private static List<String> targetKeys(Remediation remediation) {
    String key = targetKey(remediation);
    return key == null ? List.of() : List.of(key);
  }

  /** Key of the resolved target, null before it was resolved. */
  public static @Nullable String targetKey(Remediation remediation) {
    ResolvedTarget target = remediation.statusOrEmpty().target();
    return target == null ? null : target.key();
  }

  private static List<String> arrivingEdges(Remediation remediation) {
    return remediation.statusOrEmpty().target() == null
        ? Edge.of(remediation).stream().map(Edge::key).toList()
        : List.of();
  }

  private static List<String> effectNamespaces(Remediation remediation) {
    RemediationStatus status = remediation.statusOrEmpty();
    ResolvedTarget target = status.target();
    boolean effect =
        status.applied() != null || status.intent() != null || new Standing(remediation).proposed();
    return effect && target != null ? List.of(target.namespace(), ANYWHERE) : List.of();
  }

  @Override
  public Optional<Remediation> get(ObjectKey key) {
    return store.get(key);
  }

  @Override
  public List<Remediation> ofTarget(String targetKey) {
    return store.byIndex(TARGET, targetKey);
  }

  @Override
  public List<Remediation> arriving(String edgeKey) {
    return store.byIndex(ARRIVING, edgeKey);
  }

  @Override
  public List<Remediation> withEffects(String targetNamespace) {
    return store.byIndex(EFFECT, targetNamespace);
  }

  @Override
  public List<Remediation> withEffects() {
    return store.byIndex(EFFECT, ANYWHERE);
  }

  @Override
  public boolean behind(ObjectKey key) {
    return ownWrites.behind(key);
  }
}
