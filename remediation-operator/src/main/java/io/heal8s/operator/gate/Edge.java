// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.gate;

import io.heal8s.core.api.k8shealer.remediation.ArgumentsFrom;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * The moment at which a detector asked for several things together, and the place of one of them in
 * its list.
 *
 * @param detector the detecting object: namespace, kind, name and uid
 * @param at when it saw the edge, as it wrote it down: ISO 8601 in UTC
 * @param index position of the action in the detector's list, from 0
 */
public record Edge(String detector, String at, int index) {

  /** The parameter by which a detector tells when it saw the edge. */
  private static final String TIMESTAMP = "timestamp";

  private static final Edge NONE = new Edge("", "", 0);

  /** By detector, then by time, then by the detector's list; those that no edge asked for first. */
  static final Comparator<Remediation> ORDER =
      Comparator.comparing(
          (Remediation remediation) -> of(remediation).orElse(NONE),
          Comparator.comparing(Edge::detector).thenComparing(Edge::at).thenComparing(Edge::index));

  /** The edge that asked for it; empty for alerts and for what a person wrote. */
  public static Optional<Edge> of(Remediation remediation) {
    ArgumentsFrom from = remediation.spec().action().argumentsFrom();
    String at = remediation.spec().action().params().getOrDefault(TIMESTAMP, "");
    if (from == null || from.actionIndex() == null || at.isBlank()) {
      return Optional.empty();
    }
    String detector =
        String.join(
            "\n",
            Objects.requireNonNullElse(remediation.getMetadata().getNamespace(), ""),
            String.valueOf(from.kind()),
            String.valueOf(from.name()),
            Objects.requireNonNullElse(from.uid(), ""));
    return Optional.of(new Edge(detector, at, from.actionIndex()));
  }

  /** Equal for all that this edge asked for, and for nothing else. */
  public String key() {
    return detector + "\n" + at;
  }

  /** Whether the same edge asked for both, and they are not the same. */
  boolean isBeside(Edge other) {
    return key().equals(other.key()) && index != other.index;
  }
}
