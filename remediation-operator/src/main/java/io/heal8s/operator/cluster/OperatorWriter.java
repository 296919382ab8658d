// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.cluster;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.Annotations;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.JsonPatch;
import io.heal8s.core.effect.JsonPatcher;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.Precondition;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.core.effect.ServerSideApplier;
import io.heal8s.core.observe.OwnWrites;
import io.heal8s.operator.act.RemediationWriter;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Writes the operator's part of a Remediation and nothing of what others own. */
public final class OperatorWriter implements RemediationWriter {

  /** The field manager. */
  public static final String FIELD_MANAGER = "heal8s-remediation-operator";

  private static final Set<ConditionType> OTHERS =
      EnumSet.of(
          ConditionType.AlertResolved,
          ConditionType.PullRequestOpen,
          ConditionType.PullRequestMerged,
          ConditionType.RevertOpen,
          ConditionType.RevertMerged);

  private final ServerSideApplier applier;
  private final JsonPatcher patcher;
  private final OwnWrites ownWrites;

  /** Writes through these and remembers what it wrote. */
  public OperatorWriter(ServerSideApplier applier, JsonPatcher patcher, OwnWrites ownWrites) {
    this.applier = applier;
    this.patcher = patcher;
    this.ownWrites = ownWrites;
  }

  @Override
  public Answer<Remediation> writeStatus(Remediation read, RemediationStatus status) {
    V1ObjectMeta metadata = read.getMetadata();
    return remembered(
        applier.applyStatus(
            ServedKinds.REMEDIATIONS,
            ObjectKey.of(metadata),
            Precondition.unchanged(metadata),
            own(status)));
  }

  @Override
  public Answer<Remediation> writeCause(Remediation read, String cause) {
    V1ObjectMeta metadata = read.getMetadata();
    // Adding a label to none needs the map first; "add" of a map that exists would wipe it.
    boolean none = metadata.getLabels() == null || metadata.getLabels().isEmpty();
    JsonPatch patch =
        none
            ? JsonPatch.EMPTY
                .test("/metadata/labels", null)
                .add("/metadata/labels", Map.of(Annotations.CAUSE, cause))
            : JsonPatch.EMPTY.add(
                JsonPatch.pointer("metadata", "labels", Annotations.CAUSE), cause);
    return remembered(
        patcher.patch(
            ServedKinds.REMEDIATIONS,
            ObjectKey.of(metadata),
            Precondition.sameObject(metadata),
            patch));
  }

  private Answer<Remediation> remembered(Answer<Remediation> answer) {
    if (answer instanceof Answer.Ok<Remediation>(Remediation written)) {
      V1ObjectMeta metadata = written.getMetadata();
      ownWrites.wrote(
          ObjectKey.of(metadata), Objects.requireNonNull(metadata.getResourceVersion()));
    }
    return answer;
  }

  /** The status without the fields and conditions of the gateway and the pr service. */
  static RemediationStatus own(RemediationStatus status) {
    return new RemediationStatus(
        status.observedGeneration(),
        status.phase(),
        status.reason(),
        status.message(),
        status.target(),
        status.joinedTo(),
        status.plan(),
        status.intent(),
        status.applied(),
        status.verification(),
        status.attempts(),
        null,
        status.revert(),
        null,
        null,
        null,
        null,
        status.appliedAt(),
        status.resolvedAt(),
        status.lastUpdateTime(),
        ownConditions(status.conditions()));
  }

  private static List<Condition> ownConditions(List<Condition> conditions) {
    return conditions.stream()
        .filter(
            condition -> OTHERS.stream().noneMatch(type -> type.name().equals(condition.type())))
        .toList();
  }
}
