// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.restartpods;

import com.google.gson.JsonElement;
import io.heal8s.operator.plan.PodChoice;
import io.heal8s.operator.plan.Timestamps;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.OwnerReference;
import io.heal8s.operator.target.Query;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How far a restart of pods has come. A pod is old when it was created before the Remediation: both
 * times are the API server's, so a wrong clock of ours restarts nothing twice, and neither does an
 * operator that was killed after an eviction.
 */
public sealed interface PodRestart {

  /** This one is next. */
  record Evict(LiveObject pod) implements PodRestart {}

  /** Something must become Ready first. */
  record Waits(String message) implements PodRestart {}

  /** No old pod is left, and everything is Ready. */
  record Done(String message) implements PodRestart {}

  /** The controllers must be read first. */
  record NeedsReading(Set<Query> queries) implements PodRestart {}

  /** Whether a pod is one of those that were there when the restart was asked for. */
  static boolean isOld(LiveObject pod, Instant asked) {
    return Timestamps.created(pod).isBefore(asked.truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * Judges.
   *
   * @param selected all pods that the selector finds, those on their way out too
   * @param asked when the restart was asked for
   */
  static PodRestart next(List<LiveObject> selected, Instant asked, Known known) {
    List<LiveObject> pods = PodChoice.live(selected);
    Map<Query.Get, Long> perController = controllers(selected);
    Set<Query> missing =
        perController.keySet().stream()
            .filter(query -> !known.has(query))
            .collect(Collectors.toUnmodifiableSet());
    if (!missing.isEmpty()) {
      return new NeedsReading(missing);
    }
    List<LiveObject> old =
        pods.stream()
            .filter(pod -> isOld(pod, asked))
            // Those that do not work first: they have the least to lose.
            .sorted(Comparator.comparing(PodChoice::ready).thenComparing(LiveObject::name))
            .toList();
    String progress = pods.size() - old.size() + " of " + pods.size() + " pods are new";
    Optional<LiveObject> coming =
        pods.stream().filter(pod -> !isOld(pod, asked) && !PodChoice.ready(pod)).findFirst();
    if (coming.isPresent()) {
      return new Waits(progress + "; waits until " + coming.get().name() + " is Ready");
    }
    for (Map.Entry<Query.Get, Long> controller : perController.entrySet()) {
      long wanted = known.one(controller.getKey()).map(PodRestart::wanted).orElse(0L);
      if (controller.getValue() < wanted) {
        Query.Get of = controller.getKey();
        return new Waits(
            progress + "; waits until " + of.kind() + " " + of.name() + " replaced the last one");
      }
    }
    return old.isEmpty()
        ? new Done("all " + pods.size() + " pods were replaced and are Ready")
        : new Evict(old.getFirst());
  }

  /** How many live pods each controller has. */
  private static Map<Query.Get, Long> controllers(List<LiveObject> selected) {
    Map<Query.Get, Long> counts = new LinkedHashMap<>();
    List<LiveObject> live = PodChoice.live(selected);
    for (LiveObject pod : selected) {
      OwnerReference.controllerOf(pod)
          .filter(owner -> owner.apiVersion().equals("apps/v1"))
          .ifPresent(
              owner ->
                  counts.merge(
                      new Query.Get(
                          owner.apiVersion(), owner.kind(), pod.namespace(), owner.name()),
                      live.contains(pod) ? 1L : 0L,
                      Long::sum));
    }
    return counts;
  }

  private static long wanted(LiveObject controller) {
    String path =
        controller.kind().equals("DaemonSet") ? "status.desiredNumberScheduled" : "spec.replicas";
    return controller.at(path).map(JsonElement::getAsLong).orElse(1L);
  }
}
