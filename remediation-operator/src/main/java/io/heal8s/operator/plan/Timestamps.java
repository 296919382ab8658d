// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.operator.target.LiveObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;

/** Times in live objects, as Kubernetes writes them (RFC 3339). */
public final class Timestamps {

  private Timestamps() {}

  /** The time at a path, empty when it is absent or no time. */
  public static Optional<Instant> at(LiveObject object, String path) {
    String text = object.text(path);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * When a Remediation was asked for. Plans are made against this time and not against a clock, so
   * that the same objects give the same plan however often and late it is made.
   */
  public static Instant asked(Remediation remediation) {
    OffsetDateTime created = remediation.metadata().getCreationTimestamp();
    return Objects.requireNonNull(created, "only objects of the API server are planned")
        .toInstant();
  }

  /** {@code metadata.creationTimestamp}; 1970 when it is absent, so that it is never young. */
  public static Instant created(LiveObject object) {
    return at(object, "metadata.creationTimestamp").orElse(Instant.EPOCH);
  }
}
