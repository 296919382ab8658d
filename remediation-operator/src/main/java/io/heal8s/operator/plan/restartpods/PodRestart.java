// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.restartpods;

import com.google.gson.JsonElement;
import io.heal8s.operator.plan.PodChoice;
import io.heal8s.operator.plan.Timestamps;
import io.heal8s.operator.plan.WorkloadPods;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.OwnerReference;
import io.heal8s.operator.target.Query;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** The controllers, and then their pods, must be read first. */
  record NeedsReading(Set<Query> queries) implements PodRestart {}

  /** Whether a pod is one of those that were there when the restart was asked for. */
  static boolean isOld(LiveObject pod, Instant asked) {
    return Timestamps.created(pod).isBefore(asked.truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * Judges.
   *
   * @param target what the restart was asked for; where it is a workload it counts as a controller
   *     too, since nothing of what was selected names the controller of a pod that is gone
   * @param selected all pods that the selector finds, those on their way out too
   * @param asked when the restart was asked for
   */
  static PodRestart next(LiveObject target, List<LiveObject> selected, Instant asked, Known known) {
    Set<Query> named = controllers(selected);
    if (!unread(named, known).isEmpty()) {
      return new NeedsReading(unread(named, known));
    }
    List<LiveObject> controllers =
        Stream.concat(
                named.stream().flatMap(query -> known.many(query).stream()),
                Stream.of(target).filter(workload -> workload.apiVersion().equals("apps/v1")))
            .toList();
    // Not those that were selected: a selector may find some of a controller's pods only, and the
    // pod that comes for one of them need not carry the label that it was found by.
    Set<Query> lists =
        controllers.stream()
            .flatMap(controller -> WorkloadPods.query(controller).stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (!unread(lists, known).isEmpty()) {
      return new NeedsReading(unread(lists, known));
    }
    List<LiveObject> pods = PodChoice.live(selected);
    List<LiveObject> old =
        pods.stream()
            .filter(pod -> isOld(pod, asked))
            // Those that do not work first: they have the least to lose.
            .sorted(Comparator.comparing(PodChoice::ready).thenComparing(LiveObject::name))
            .toList();
    String progress = pods.size() - old.size() + " of " + pods.size() + " pods are new";
    Optional<LiveObject> coming =
        Stream.concat(
                pods.stream(),
                controllers.stream().flatMap(controller -> podsOf(controller, known).stream()))
            .filter(pod -> !isOld(pod, asked) && !PodChoice.ready(pod))
            .findFirst();
    if (coming.isPresent()) {
      return new Waits(progress + "; waits until " + coming.get().name() + " is Ready");
    }
    for (LiveObject controller : controllers) {
      if (podsOf(controller, known).size() < wanted(controller)) {
        return new Waits(
            progress
                + "; waits until "
                + controller.kind()
                + " "
                + controller.name()
                + " replaced the last one");
      }
    }
    return old.isEmpty()
        ? new Done("all " + pods.size() + " pods were replaced and are Ready")
        : new Evict(old.getFirst());
  }

  /** Those of apps/v1 that the pods belong to, also of pods on their way out. */
  private static Set<Query> controllers(List<LiveObject> selected) {
    Set<Query> controllers = new LinkedHashSet<>();
    for (LiveObject pod : selected) {
      OwnerReference.controllerOf(pod)
          .filter(owner -> owner.apiVersion().equals("apps/v1"))
          .ifPresent(
              owner ->
                  controllers.add(
                      new Query.Get(
                          owner.apiVersion(), owner.kind(), pod.namespace(), owner.name())));
    }
    return controllers;
  }

  private static Set<Query> unread(Set<Query> queries, Known known) {
    return queries.stream()
        .filter(query -> !known.has(query))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The live pods of a controller, by its own selector. */
  private static List<LiveObject> podsOf(LiveObject controller, Known known) {
    return WorkloadPods.query(controller)
        .map(query -> WorkloadPods.of(controller, known.many(query)).pods())
        .orElseGet(List::of);
  }

  private static long wanted(LiveObject controller) {
    String path =
        controller.kind().equals("DaemonSet") ? "status.desiredNumberScheduled" : "spec.replicas";
    return controller.at(path).map(JsonElement::getAsLong).orElse(1L);
  }
}
