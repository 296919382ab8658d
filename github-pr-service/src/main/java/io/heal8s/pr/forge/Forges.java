// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge;

import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.pr.intent.Reply;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The forges of this process, found by id. */
public final class Forges {

  private final Map<String, Forge> byId = new TreeMap<>();

  /**
   * Collects forges.
   *
   * @throws IllegalArgumentException when two have the same id
   */
  public Forges(List<Forge> forges) {
    for (Forge forge : forges) {
      if (byId.put(forge.id(), forge) != null) {
        throw new IllegalArgumentException("two forges have the id " + forge.id());
      }
    }
  }

  /** Ids of all of them, which the definitions of custom resources list too. */
  public Set<String> ids() {
    return Set.copyOf(byId.keySet());
  }

  /** The forge of that id; an unknown one is never replaced by a default. */
  public Reply<Forge> of(String id) {
    Forge forge = byId.get(id);
    return forge == null
        ? new Reply.Wrong<>(
            PullRequestReason.ForgeUnknown,
            "this service has no forge '%s', only %s; correct forge in the policy's repositories"
                .formatted(id, byId.keySet()))
        : new Reply.Known<>(forge);
  }
}
