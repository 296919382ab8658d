// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicy;
import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicySpec;
import io.heal8s.core.decide.policy.EffectivePolicy;
import io.heal8s.gateway.routing.NamespaceRules;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Merges and compiles policies when they change, not when alerts come. A policy's object is
 * replaced whenever it changes, so the identity of the two objects is the key. Safe for any number
 * of threads: two that compile the same at once waste one compilation.
 */
public final class CompiledPolicyRules implements PolicyRules {

  private record Entry(
      @Nullable RemediationPolicy cluster,
      @Nullable RemediationPolicy namespace,
      NamespaceRules rules) {

    boolean isOf(@Nullable RemediationPolicy cluster, @Nullable RemediationPolicy namespace) {
      return this.cluster == cluster && this.namespace == namespace;
    }
  }

  /** Stands for all namespaces without a policy of their own; no namespace has an empty name. */
  private static final String ANY = "";

  private final PolicyStore store;
  private final String suiteNamespace;
  private final Map<String, Entry> compiled = new ConcurrentHashMap<>();

  /**
   * Rules over a store.
   *
   * @param suiteNamespace where the cluster policy is
   */
  public CompiledPolicyRules(PolicyStore store, String suiteNamespace) {
    this.store = store;
    this.suiteNamespace = suiteNamespace;
  }

  @Override
  public Optional<NamespaceRules> of(String namespace) {
    if (!store.synced()) {
      return Optional.empty();
    }
    if (!namespace.isEmpty() && !store.serves(namespace)) {
      return Optional.of(NamespaceRules.NOT_SERVED);
    }
    RemediationPolicy cluster = store.find(suiteNamespace);
    RemediationPolicy own =
        namespace.isEmpty() || namespace.equals(suiteNamespace) ? null : store.find(namespace);
    if (own == null) {
      compiled.remove(namespace.isEmpty() ? suiteNamespace : namespace);
    }
    String key = own == null ? ANY : namespace;
    Entry entry = compiled.get(key);
    if (entry == null || !entry.isOf(cluster, own)) {
      entry = new Entry(cluster, own, compile(cluster, own));
      compiled.put(key, entry);
    }
    return Optional.of(entry.rules());
  }

  private static NamespaceRules compile(
      @Nullable RemediationPolicy cluster, @Nullable RemediationPolicy own) {
    return NamespaceRules.of(EffectivePolicy.of(spec(cluster), spec(own)));
  }

  private static @Nullable RemediationPolicySpec spec(@Nullable RemediationPolicy policy) {
    return policy == null ? null : policy.spec();
  }
}
