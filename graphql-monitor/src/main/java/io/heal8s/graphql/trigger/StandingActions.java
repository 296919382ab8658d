// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import io.heal8s.core.api.kco.targetapp.AppAction;
import io.heal8s.core.api.kco.targetapp.PendingRemediation;
import io.heal8s.core.api.kco.targetapp.TargetApp;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The actions of a TargetApp as they stand now, found by what was recorded of them when they were
 * due. Since then others may have been put before them or taken away, and what stands at the
 * recorded place may be something nobody asked for. Used by one thread.
 */
final class StandingActions {

  private final List<AppAction> actions;
  // Made when they are asked for.
  private final @Nullable String[] hashes;

  StandingActions(TargetApp app) {
    this.actions = app.spec() == null ? List.of() : app.spec().actionsOrEmpty();
    this.hashes = new @Nullable String[actions.size()];
  }

  /**
   * Where the action stands that was due; of several that are the same, the one at its old place or
   * else the first.
   *
   * @return empty when it was taken away or edited, or is none that this release knows
   */
  OptionalInt find(PendingRemediation pending) {
    int recorded = pending.action();
    if (recorded < actions.size() && isSame(recorded, pending)) {
      return OptionalInt.of(recorded);
    }
    for (int i = 0; i < actions.size(); i++) {
      if (isSame(i, pending)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** The action at a place that was found. */
  AppAction at(int place) {
    return actions.get(place);
  }

  private boolean isSame(int place, PendingRemediation pending) {
    return actions.get(place).action() != null && hash(place).equals(pending.sha256());
  }

  private String hash(int place) {
    String known = hashes[place];
    if (known == null) {
      known = RemediationDraft.sha256(actions.get(place));
      hashes[place] = known;
    }
    return known;
  }
}
