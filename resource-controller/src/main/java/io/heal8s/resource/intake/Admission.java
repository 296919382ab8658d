// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.intake;

import io.heal8s.resource.access.Operation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whoever has a say before something is stored. */
@FunctionalInterface
public interface Admission {

  /** Everybody agrees. */
  Admission EVERYTHING = review -> new Verdict.Allowed(review.spec());

  /** Asks. Blocks; never throws for what the other side does. */
  Verdict judge(Review review);

  /**
   * What is about to be stored.
   *
   * @param operation CREATE, UPDATE or DELETE
   * @param name name of the resource
   * @param typeName name of its type
   * @param typeVersion version of it
   * @param spec as it shall be
   * @param old as it is, in the shape of the answers; null for a create
   * @param username who asks
   */
  record Review(
      Operation operation,
      String name,
      String typeName,
      String typeVersion,
      JsonNode spec,
      @Nullable JsonNode old,
      String username) {

    /** The same with another spec. */
    public Review withSpec(JsonNode changed) {
      return new Review(operation, name, typeName, typeVersion, changed, old, username);
    }
  }

  /** The answer. */
  sealed interface Verdict {
    /** Yes, with this spec, which may differ from the one asked about. */
    record Allowed(JsonNode spec) implements Verdict {}

    /** No, and why. */
    record Denied(String message) implements Verdict {}
  }
}
