// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.edit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Kinds that hold a pod, and where they hold it. */
enum TargetKind {
  DEPLOYMENT("Deployment", "apps", "spec.template.spec", true, List.of("deploy", "deployments")),
  STATEFUL_SET("StatefulSet", "apps", "spec.template.spec", true, List.of("sts", "statefulsets")),
  DAEMON_SET("DaemonSet", "apps", "spec.template.spec", false, List.of("ds", "daemonsets")),
  REPLICA_SET("ReplicaSet", "apps", "spec.template.spec", true, List.of("rs", "replicasets")),
  REPLICATION_CONTROLLER(
      "ReplicationController",
      "",
      "spec.template.spec",
      true,
      List.of("rc", "replicationcontrollers")),
  JOB("Job", "batch", "spec.template.spec", false, List.of("jobs")),
  CRON_JOB(
      "CronJob", "batch", "spec.jobTemplate.spec.template.spec", false, List.of("cj", "cronjobs")),
  POD("Pod", "", "spec", false, List.of("po", "pods")),
  /** Argo Rollouts' kind, a Deployment in shape. */
  ROLLOUT("Rollout", "argoproj.io", "spec.template.spec", true, List.of("rollouts"));

  private final String kind;
  private final String group;
  private final String podSpec;
  private final boolean replicas;

  @SuppressWarnings("ImmutableEnumChecker") // always made by List.of
  private final List<String> shortNames;

  TargetKind(String kind, String group, String podSpec, boolean replicas, List<String> shortNames) {
    this.kind = kind;
    this.group = group;
    this.podSpec = podSpec;
    this.replicas = replicas;
    this.shortNames = shortNames;
  }

  /** The kind of a name as people and kubectl write it, e.g. {@code deployment.apps}. */
  static Optional<TargetKind> of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    int dot = lower.indexOf('.');
    String resource = dot < 0 ? lower : lower.substring(0, dot);
    String qualifier = dot < 0 ? null : lower.substring(dot + 1);
    return Arrays.stream(values())
        .filter(k -> k.isCalled(resource) && (qualifier == null || k.isOf(qualifier)))
        .findFirst();
  }

  private boolean isCalled(String resource) {
    return kind.toLowerCase(Locale.ROOT).equals(resource) || shortNames.contains(resource);
  }

  /** Whether the group, alone or with a version before it, is this kind's. */
  private boolean isOf(String qualifier) {
    return !group.isEmpty() && (qualifier.equals(group) || qualifier.endsWith("." + group));
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
