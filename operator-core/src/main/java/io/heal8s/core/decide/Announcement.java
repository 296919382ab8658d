// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide;

/**
 * Something a person should see as a Kubernetes Event.
 *
 * @param type Normal or Warning
 * @param reason CamelCase word, the same as the condition's where there is one
 * @param message one sentence, at most 1024 characters
 * @param action what was done or tried, CamelCase, as events.k8s.io/v1 wants it
 * @param dedupeKey announcements with the same key on the same object become one series
 */
public record Announcement(
    Type type, String reason, String message, String action, String dedupeKey) {

  /** Weight of an event. */
  public enum Type {
    Normal,
    Warning
  }

  /** A normal event whose reason is its own key. */
  public static Announcement normal(String reason, String message) {
    return new Announcement(Type.Normal, reason, message, reason, reason);
  }

  /** A warning whose reason is its own key. */
  public static Announcement warning(String reason, String message) {
    return new Announcement(Type.Warning, reason, message, reason, reason);
  }
}
