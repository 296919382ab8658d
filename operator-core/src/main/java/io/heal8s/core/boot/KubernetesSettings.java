// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import io.heal8s.core.decide.naming.KubernetesName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the API server is reached, prefix {@code heal8s.kubernetes}.
 *
 * @param kubeconfig file; {@code ~} is expanded; null means the environment variable {@code
 *     KUBECONFIG}, else the account of the pod that this process runs in
 * @param namespace namespace that the suite is installed in; null means the pod's own ({@code
 *     POD_NAMESPACE}), else {@code heal8s-system}
 * @param timeout longest time that one call may take, 1 s to 5 min
 * @param maxConcurrentCalls calls at the same time, at least 1
 */
@ConfigurationProperties("heal8s.kubernetes")
public record KubernetesSettings(
    @Nullable String kubeconfig,
    @Nullable String namespace,
    @DefaultValue("30s") Duration timeout,
    @DefaultValue("256") int maxConcurrentCalls) {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  public KubernetesSettings {
    if (namespace != null && !namespace.isBlank() && !KubernetesName.isLabel(namespace)) {
      throw new IllegalArgumentException(
          "heal8s.kubernetes.namespace must be the name of a namespace, was " + namespace);
    }
    if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "heal8s.kubernetes.timeout must be from 1s to 5m, was " + timeout);
    }
    if (maxConcurrentCalls < 1) {
      throw new IllegalArgumentException(
          "heal8s.kubernetes.max-concurrent-calls must be at least 1, was " + maxConcurrentCalls);
    }
  }
}
