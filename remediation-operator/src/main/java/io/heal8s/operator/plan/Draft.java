// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.decide.Verdict;
import io.heal8s.operator.target.Query;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the planner of one action says, before id, diff and repository are added. */
public sealed interface Draft {

  /**
   * Values that must change.
   *
   * @param container container that changes, null for the whole object
   * @param changes at least one, all of one object
   * @param preconditions why the change is right, sentences that must still hold when it is made
   * @param noUndo why it cannot be taken back, null when it can
   */
  record Changes(
      @Nullable String container,
      List<Change> changes,
      List<String> preconditions,
      @Nullable String noUndo)
      implements Draft {

    public Changes {
      changes = List.copyOf(changes);
      preconditions = List.copyOf(preconditions);
    }
  }

  /**
   * Something that is not done by writing named values: pods replaced, a call, a command, a patch.
   *
   * @param diff what people read of it, before and after; part of the plan's identity, so it names
   *     nothing that comes and goes by itself, and no credential
   * @param preconditions as of {@link Changes}
   * @param noUndo why it cannot be taken back, null when it can
   * @param changes what it will have changed; empty where that is not known
   */
  record Run(String diff, List<String> preconditions, @Nullable String noUndo, List<Change> changes)
      implements Draft {

    public Run {
      preconditions = List.copyOf(preconditions);
      changes = List.copyOf(changes);
    }

    /** One of which no changed values are known. */
    public Run(String diff, List<String> preconditions, String noUndo) {
      this(diff, preconditions, noUndo, List.of());
    }
  }

  /**
   * Nothing must change.
   *
   * @param reason CapReached or NothingToChange
   * @param message sentence that says what is there
   */
  record Nothing(@Nullable String container, PlanReason reason, String message) implements Draft {}

  /** The action cannot be planned until somebody changes something. */
  record Refused(Verdict verdict) implements Draft {}

  /** These must be read first. */
  record Needs(Set<Query> queries) implements Draft {

    public Needs {
      queries = Set.copyOf(queries);
    }
  }

  /** A refusal. */
  static Draft refused(PlanReason reason, String message) {
    return new Refused(new Verdict(reason, message));
  }
}
