// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.wiring;

import io.heal8s.core.decide.ForeignText;
import io.heal8s.core.decide.naming.KubernetesName;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the operator, prefix {@code heal8s.operator}.
 *
 * @param namespaces namespaces whose Remediations are worked on, where the account has rights in
 *     these and in that of the suite alone; empty means all
 * @param clusterName name of the cluster in branch names; null means the first 8 hex digits of
 *     kube-system's uid
 * @param workers Remediations, and targets, that are worked on at the same time, 1 to 256
 * @param resyncInterval when an object at rest is looked at again, at least 10 ms
 * @param metricsPort second port, with {@code /metrics}; -1 for none, 0 for any free one
 * @param formerWebhookPort what {@code --webhook-port} of the first release was given; webhooks are
 *     served by alert-gateway now, so it is told and ignored
 * @param webhooks what the action CallWebhook may call
 */
@ConfigurationProperties("heal8s.operator")
record OperatorSettings(
    @DefaultValue List<String> namespaces,
    @Nullable String clusterName,
    @DefaultValue("16") int workers,
    @DefaultValue("10h") Duration resyncInterval,
    @DefaultValue("-1") int metricsPort,
    @Nullable String formerWebhookPort,
    @DefaultValue WebhookSettings webhooks) {

  private static final int MOST_WORKERS = 256;
  private static final Duration SHORTEST = Duration.ofMillis(10);

  private static final Pattern CLUSTER =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

  OperatorSettings {
    if (!namespaces.stream().allMatch(KubernetesName::isLabel)) {
      throw new IllegalArgumentException(
          "heal8s.operator.namespaces must be names of namespaces, was "
              + ForeignText.line(namespaces.toString()));
    }
    if (clusterName != null && !clusterName.isBlank() && !CLUSTER.matcher(clusterName).matches()) {
      throw new IllegalArgumentException(
          "heal8s.operator.cluster-name must be at most 63 letters, digits, dots, dashes and"
              + " underscores, was "
              + ForeignText.line(clusterName));
    }
    if (workers < 1 || workers > MOST_WORKERS) {
      throw new IllegalArgumentException(
          "heal8s.operator.workers must be 1 to " + MOST_WORKERS + ", was " + workers);
    }
    if (resyncInterval.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "heal8s.operator.resync-interval must be at least 10ms, was " + resyncInterval);
    }
    if (metricsPort < -1 || metricsPort > 65535) {
      throw new IllegalArgumentException(
          "heal8s.operator.metrics-port must be -1 to 65535, was " + metricsPort);
    }
  }
}
