// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide.naming;

import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Target;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The name of a Remediation: {@code rem-<slug of the cause, at most 40>-<16 hex digits>}. It is the
 * whole deduplication of deliveries: the same alert or edge gives the same name on every replica.
 *
 * @param base name of the first attempt, at most 61 characters, a DNS-1123 label
 */
public record RemediationName(String base) {

  /**
   * Detector of everything that came as an alert, as {@code allow.unapproved[].detector} has it.
   */
  public static final String ALERT_DETECTOR = "Alert";

  private static final String PREFIX = "rem-";
  private static final int SLUG_LENGTH = 40;
  private static final String SLUG_OF_NOTHING = "unnamed";

  public RemediationName {
    if (!KubernetesName.isLabel(base)) {
      throw new IllegalArgumentException("not a DNS-1123 label: " + base);
    }
  }

  /**
   * Of an alert. The receiver that it came through is not part of the name: one alert that is sent
   * to two receivers is one Remediation. Nor are the action's parameters, which a policy may change
   * between two deliveries.
   *
   * @param alertName slug only
   * @param fingerprint the sender's identity of the label set
   * @param startsAt when this firing began; null is a value of its own
   * @param target as the labels name it, before it is resolved
   * @param action what the route asks for
   */
  public static RemediationName ofAlert(
      String alertName,
      String fingerprint,
      @Nullable Instant startsAt,
      Target target,
      ActionType action) {
    StableHash hash = new StableHash().text(ALERT_DETECTOR).text(fingerprint).instant(startsAt);
    return of(alertName, target(hash, target).text(action.name()));
  }

  /**
   * Of an edge that a detector saw without an alert.
   *
   * @param reason why it asks, slug only
   * @param detectorKind kind of the detecting object
   * @param uid its uid
   * @param action index of the action in the detecting object
   * @param content text that is equal only for an equal action, e.g. its JSON
   * @param edge number of the edge, counted in the detecting object's status
   */
  public static RemediationName ofEdge(
      String reason, String detectorKind, String uid, int action, String content, long edge) {
    StableHash hash = new StableHash().text(detectorKind).text(uid);
    return of(reason, hash.number(action).text(content).number(edge));
  }

  /**
   * The name of a later attempt.
   *
   * @param number 1 for the first, which has the base name; at most 100
   * @return {@code <base>} or {@code <base>-<number>}
   */
  public String attempt(int number) {
    if (number < 1 || number > 100) {
      throw new IllegalArgumentException("attempt " + number + " is not within 1..100");
    }
    return number == 1 ? base : base + "-" + number;
  }

  private static StableHash target(StableHash hash, Target target) {
    String apiVersion = target.apiVersion() == null ? "apps/v1" : target.apiVersion();
    return hash.text(apiVersion)
        .text(target.kind())
        .text(target.namespace())
        .text(target.name())
        .text(target.container());
  }

  private static RemediationName of(String cause, StableHash hash) {
    String slug = KubernetesName.slug(cause, SLUG_LENGTH);
    return new RemediationName(
        PREFIX + (slug.isEmpty() ? SLUG_OF_NOTHING : slug) + "-" + hash.hex(16));
  }
}
