// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.cluster;

import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicy;
import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicySpec;
import io.heal8s.core.decide.policy.EffectivePolicy;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.observe.Store;
import io.heal8s.operator.act.PolicySource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The rules in force, merged once for each pair of policies. */
public final class StoredPolicies implements PolicySource {

  private final Store<RemediationPolicy> store;
  private final String suiteNamespace;

  /** By namespace; at most one entry each. */
  private final Map<String, InForce> merged = new ConcurrentHashMap<>();

  /**
   * Reads that store.
   *
   * @param suiteNamespace namespace whose policy is the cluster policy
   */
  public StoredPolicies(Store<RemediationPolicy> store, String suiteNamespace) {
    this.store = store;
    this.suiteNamespace = suiteNamespace;
  }

  @Override
  public InForce of(String namespace) {
    RemediationPolicy cluster = find(suiteNamespace);
    RemediationPolicy own = namespace.equals(suiteNamespace) ? null : find(namespace);
    String version = version(cluster) + "+" + version(own);
    InForce known = merged.get(namespace);
    if (known != null && known.version().equals(version)) {
      return known;
    }
    InForce now = new InForce(EffectivePolicy.of(spec(cluster), spec(own)), version);
    merged.put(namespace, now);
    return now;
  }

  private @Nullable RemediationPolicy find(String namespace) {
    return store.get(new ObjectKey(namespace, RemediationPolicy.NAME)).orElse(null);
  }

  private static @Nullable RemediationPolicySpec spec(@Nullable RemediationPolicy policy) {
    return policy == null ? null : policy.spec();
  }

  /** The generation moves with the spec alone, so that a written status changes no rules. */
  private static String version(@Nullable RemediationPolicy policy) {
    if (policy == null) {
      return "none";
    }
    return policy.getMetadata().getUid()
        + "/"
        + Objects.requireNonNullElse(policy.getMetadata().getGeneration(), 0L);
  }
}
