// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile.decision;

import io.heal8s.resource.model.Approval;
import io.heal8s.resource.model.ResourceStatus;
import io.heal8s.resource.model.Trigger;
import io.heal8s.resource.testing.Samples;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A resource of generation 1 that was never applied, and variations of it. */
record WorkSample(
    String plugin,
    long generation,
    long observed,
    ResourceStatus status,
    List<String> finalizerNames,
    Approval approvalMode,
    @Nullable String approvedPlan,
    boolean isDeleted,
    Trigger why,
    @Nullable RunState underWay) {

  WorkSample() {
    this(
        "instant",
        1,
        0,
        ResourceStatus.PENDING,
        List.of("instant"),
        Approval.AUTOMATIC,
        null,
        false,
        Trigger.INITIAL,
        null);
  }

  WorkSample plugin(String name) {
    return new WorkSample(
        name,
        generation,
        observed,
        status,
        finalizerNames,
        approvalMode,
        approvedPlan,
        isDeleted,
        why,
        underWay);
  }

  WorkSample generation(long wanted) {
    return new WorkSample(
        plugin,
        wanted,
        observed,
        status,
        finalizerNames,
        approvalMode,
        approvedPlan,
        isDeleted,
        why,
        underWay);
  }

  WorkSample applied(long done) {
    return new WorkSample(
        plugin,
        generation,
        done,
        ResourceStatus.READY,
        finalizerNames,
        approvalMode,
        approvedPlan,
        isDeleted,
        why,
        underWay);
  }

  WorkSample failed() {
    return new WorkSample(
        plugin,
        generation,
        observed,
        ResourceStatus.FAILED,
        finalizerNames,
        approvalMode,
        approvedPlan,
        isDeleted,
        why,
        underWay);
  }

  WorkSample trigger(Trigger reason) {
    return new WorkSample(
        plugin,
        generation,
        observed,
        status,
        finalizerNames,
        approvalMode,
        approvedPlan,
        isDeleted,
        reason,
        underWay);
  }

  WorkSample deleted() {
    return new WorkSample(
        plugin,
        generation,
        observed,
        ResourceStatus.DELETING,
        finalizerNames,
        approvalMode,
        approvedPlan,
        true,
        Trigger.DELETION,
        underWay);
  }

  WorkSample finalizers(String... names) {
    return new WorkSample(
        plugin,
        generation,
        observed,
        status,
        List.of(names),
        approvalMode,
        approvedPlan,
        isDeleted,
        why,
        underWay);
  }

  WorkSample approval() {
    return new WorkSample(
        plugin,
        generation,
        observed,
        status,
        finalizerNames,
        Approval.MANUAL,
        approvedPlan,
        isDeleted,
        why,
        underWay);
  }

  WorkSample approved(String id) {
    return new WorkSample(
        plugin,
        generation,
        observed,
        status,
        finalizerNames,
        approvalMode,
        id,
        isDeleted,
        why,
        underWay);
  }

  WorkSample run(RunState run) {
    return new WorkSample(
        plugin,
        generation,
        observed,
        status,
        finalizerNames,
        approvalMode,
        approvedPlan,
        isDeleted,
        why,
        run);
  }

  Work work() {
    return new Work(
        7,
        "thing",
        "Thing",
        "v1",
        plugin,
        generation,
        observed,
        Samples.json("{}"),
        Samples.json("{}"),
        Samples.json("{}"),
        Samples.json("{}"),
        status,
        null,
        List.of(),
        finalizerNames,
        approvalMode,
        approvedPlan,
        null,
        isDeleted,
        30,
        why,
        1,
        1,
        0,
        0,
        underWay,
        RunRows.NOW,
        0);
  }
}
