// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile.decision;

import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceCondition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The conditions of a resource. A transition time moves only with its status, and a check for drift
 * moves none.
 */
public final class Conditions {

  private Conditions() {}

  /** Deletion was asked for. */
  public static List<ResourceCondition> deleting(Resource resource, Instant now) {
    return deleting(resource.conditions(), resource.generation(), now);
  }

  static List<ResourceCondition> deleting(
      List<ResourceCondition> before, long generation, Instant now) {
    return new Change(before, generation, now)
        .set("Ready", "Unknown", "Deleting", "")
        .set("Reconciling", "False", "Deleting", "")
        .result();
  }

  static List<ResourceCondition> started(
      List<ResourceCondition> before, long generation, boolean wasApplied, Instant now) {
    Change change = new Change(before, generation, now);
    if (!wasApplied) {
      change.set("Ready", "Unknown", "ReconcileStarted", "");
    }
    return change.set("Reconciling", "True", "ReconcileStarted", "").result();
  }

  static List<ResourceCondition> succeeded(
      List<ResourceCondition> before, long generation, Instant now) {
    return new Change(before, generation, now)
        .set("Ready", "True", "ReconcileSuccess", "")
        .set("Reconciling", "False", "ReconcileComplete", "")
        .set("Degraded", "False", "NoErrors", "")
        .result();
  }

  static List<ResourceCondition> failed(
      List<ResourceCondition> before, long generation, String message, Instant now) {
    return new Change(before, generation, now)
        .set("Ready", "False", "ReconcileFailed", message)
        .set("Reconciling", "False", "ReconcileFailed", "")
        .set("Degraded", "True", "ReconcileFailed", message)
        .result();
  }

  static List<ResourceCondition> waiting(
      List<ResourceCondition> before, long generation, String message, Instant now) {
    return new Change(before, generation, now)
        .set("Reconciling", "False", "Waiting", message)
        .result();
  }

  static List<ResourceCondition> awaitingApproval(
      List<ResourceCondition> before, long generation, String message, Instant now) {
    return new Change(before, generation, now)
        .set("Reconciling", "False", "AwaitingApproval", message)
        .result();
  }

  /** Sets conditions one by one. */
  private static final class Change {
    private final List<ResourceCondition> conditions;
    private final long generation;
    private final Instant now;

    Change(List<ResourceCondition> before, long generation, Instant now) {
      this.conditions = new ArrayList<>(before);
      this.generation = generation;
      this.now = now;
    }

    Change set(String type, String status, String reason, String message) {
      for (int i = 0; i < conditions.size(); i++) {
        ResourceCondition old = conditions.get(i);
        if (old.type().equals(type)) {
          Instant since = old.status().equals(status) ? old.lastTransitionTime() : now;
          conditions.set(
              i, new ResourceCondition(type, status, reason, message, since, generation));
          return this;
        }
      }
      conditions.add(new ResourceCondition(type, status, reason, message, now, generation));
      return this;
    }

    List<ResourceCondition> result() {
      return conditions;
    }
  }
}
