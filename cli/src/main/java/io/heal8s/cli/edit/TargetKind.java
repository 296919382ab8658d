// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.edit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Kinds that hold a pod, and where they hold it. */
enum TargetKind {
  DEPLOYMENT("Deployment", "spec.template.spec", true, List.of("deploy", "deployments")),
  STATEFUL_SET("StatefulSet", "spec.template.spec", true, List.of("sts", "statefulsets")),
  DAEMON_SET("DaemonSet", "spec.template.spec", false, List.of("ds", "daemonsets")),
  REPLICA_SET("ReplicaSet", "spec.template.spec", true, List.of("rs", "replicasets")),
  REPLICATION_CONTROLLER(
      "ReplicationController", "spec.template.spec", true, List.of("rc", "replicationcontrollers")),
  JOB("Job", "spec.template.spec", false, List.of("jobs")),
  CRON_JOB("CronJob", "spec.jobTemplate.spec.template.spec", false, List.of("cj", "cronjobs")),
  POD("Pod", "spec", false, List.of("po", "pods")),
  /** Argo Rollouts' kind, a Deployment in shape. */
  ROLLOUT("Rollout", "spec.template.spec", true, List.of("rollouts"));

  private final String kind;
  private final String podSpec;
  private final boolean replicas;

  @SuppressWarnings("ImmutableEnumChecker") // always made by List.of
  private final List<String> shortNames;

  TargetKind(String kind, String podSpec, boolean replicas, List<String> shortNames) {
    this.kind = kind;
    this.podSpec = podSpec;
    this.replicas = replicas;
    this.shortNames = shortNames;
  }

  /** The kind of a name as people and kubectl write it. */
  static Optional<TargetKind> of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(k -> k.kind.toLowerCase(Locale.ROOT).equals(lower) || k.shortNames.contains(lower))
        .findFirst();
  }

  static String all() {
    return Arrays.stream(values()).map(TargetKind::kind).collect(Collectors.joining(", "));
  }

  String kind() {
    return kind;
  }

  /** Path of the pod's spec. */
  String podSpec() {
    return podSpec;
  }

  boolean hasReplicas() {
    return replicas;
  }
}
