// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.RunContext;
import io.heal8s.operator.lifecycle.LifecycleReason;
import io.heal8s.operator.lifecycle.Results;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Results of effects that are over. One whose write was refused is kept until it is written, so
 * that nothing is called or run again only because somebody annotated the object meanwhile.
 */
final class KnownResults {

  /** What came of an effect that is over. */
  private sealed interface Known {

    record Ended(boolean success, LifecycleReason reason, String message) implements Known {}

    /** Nothing was done, and nothing will be until somebody changes something. */
    record Refused(String message) implements Known {}
  }

  // By key of the recorded intent: results that are not known to be written.
  private final Map<String, Known> unwritten = new ConcurrentHashMap<>();

  /** The result that is to be written once more; null where there is none. */
  @Nullable Ran unwritten(Remediation base, RunContext run) {
    Known known = unwritten.get(RecordedKeys.of(base));
    return known == null ? null : write(base, known, run);
  }

  /** Keeps and writes how it ended. */
  Ran ended(
      Remediation base, boolean success, LifecycleReason reason, String message, RunContext run) {
    return keep(base, new Known.Ended(success, reason, message), run);
  }

  /** Keeps and writes that nothing was done. */
  Ran refused(Remediation base, String message, RunContext run) {
    return keep(base, new Known.Refused(message), run);
  }

  /** The result was written. */
  void written(Remediation base) {
    unwritten.remove(RecordedKeys.of(base));
  }

  /** Forgets those of effects that are recorded no more. */
  void retain(Set<String> recorded) {
    unwritten.keySet().retainAll(recorded);
  }

  private Ran keep(Remediation base, Known known, RunContext run) {
    unwritten.put(RecordedKeys.of(base), known);
    return write(base, known, run);
  }

  private static Ran write(Remediation base, Known known, RunContext run) {
    return new Ran.Write(
        switch (known) {
          case Known.Ended(boolean success, LifecycleReason reason, String message) ->
              Results.ended(base, success, reason, message, run.now());
          case Known.Refused(String message) -> Results.refused(base, message, run.now());
        },
        Outcome.DONE);
  }
}
