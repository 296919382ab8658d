// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.rollbackimage;

import io.heal8s.operator.plan.WorkloadPods;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.OwnerReference;
import io.heal8s.operator.target.Query.ListBySelector;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The revisions of a workload.
 *
 * @param revisions newest number first
 */
record History(List<Revision> revisions) {

  History {
    revisions = List.copyOf(revisions);
  }

  /** The query for them, empty for a kind without revisions. */
  static Optional<ListBySelector> query(LiveObject workload) {
    Optional<String> kind =
        switch (workload.apiVersion() + "/" + workload.kind()) {
          case "apps/v1/Deployment" -> Optional.of("ReplicaSet");
          case "apps/v1/StatefulSet", "apps/v1/DaemonSet" -> Optional.of("ControllerRevision");
          default -> Optional.empty();
        };
    return kind.flatMap(
        name ->
            WorkloadPods.selector(workload)
                .map(
                    selector ->
                        new ListBySelector("apps/v1", name, workload.namespace(), selector)));
  }

  static History of(LiveObject workload, List<LiveObject> selected) {
    return new History(
        selected.stream()
            .filter(
                object ->
                    OwnerReference.controllerOf(object)
                        .filter(owner -> owner.uid().equals(workload.uid()))
                        .isPresent())
            .map(
                object ->
                    object.kind().equals("ReplicaSet")
                        ? Revision.ofReplicaSet(object)
                        : Revision.ofControllerRevision(object))
            .sorted(Comparator.comparingLong(Revision::number).reversed())
            .toList());
  }

  Optional<Revision> current() {
    return revisions.stream().findFirst();
  }

  /** Those before the current one, newest first. */
  List<Revision> earlier(int atMost) {
    return revisions.stream().skip(1).limit(atMost).toList();
  }

  /**
   * How long a revision was surely the current one: from its creation to the creation of the next.
   *
   * @return zero when that cannot be told, because an older template came back after it: when that
   *     was is written down nowhere, and it means that somebody left this revision
   */
  Duration wasCurrent(Revision revision) {
    boolean leftForAnOlder =
        revisions.stream()
            .anyMatch(
                other ->
                    other.number() > revision.number()
                        && other.created().isBefore(revision.created()));
    Optional<Instant> next =
        revisions.stream()
            .map(Revision::created)
            .filter(created -> created.isAfter(revision.created()))
            .min(Comparator.naturalOrder());
    return leftForAnOlder || next.isEmpty()
        ? Duration.ZERO
        : Duration.between(revision.created(), next.get());
  }
}
