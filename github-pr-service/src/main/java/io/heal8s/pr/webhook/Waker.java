// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.webhook;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.observe.Store;
import io.heal8s.pr.act.ForgeQuestions;
import io.heal8s.pr.cluster.WatchedRemediations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Has the Remediations looked at again that a delivery is about. */
public final class Waker {

  private final Store<Remediation> remediations;
  private final ForgeQuestions questions;
  private final Consumer<ObjectKey> loop;

  /**
   * @param questions forget that they were asked a moment ago
   * @param loop runs the keys, on a standby too
   */
  public Waker(
      Store<Remediation> remediations, ForgeQuestions questions, Consumer<ObjectKey> loop) {
    this.remediations = remediations;
    this.questions = questions;
    this.loop = loop;
  }

  /** The Remediations that are looked at again; none if the pull request is not ours. */
  List<ObjectKey> wake(Delivery.OfPullRequest delivery) {
    Map<ObjectKey, Remediation> found = new LinkedHashMap<>();
    // By branch, because people may edit the body; by marker, because status may be lost.
    remediations
        .byIndex(WatchedRemediations.BRANCH, delivery.branch())
        .forEach(remediation -> found.put(ObjectKey.of(remediation.getMetadata()), remediation));
    delivery
        .marker()
        .map(marker -> new ObjectKey(marker.namespace(), marker.name()))
        .ifPresent(
            key -> remediations.get(key).ifPresent(remediation -> found.put(key, remediation)));
    found.forEach(
        (key, remediation) -> {
          questions.wake(remediation);
          loop.accept(key);
        });
    return List.copyOf(found.keySet());
  }
}
