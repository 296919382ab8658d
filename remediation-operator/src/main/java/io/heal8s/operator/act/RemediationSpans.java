// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.TraceParent;
import io.heal8s.core.runtime.Tracing;
import io.heal8s.operator.intent.RemediationIntent;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What effects are called in the trace of their Remediation. */
public final class RemediationSpans {

  private RemediationSpans() {}

  /** An effect as a piece of a trace. */
  public static Tracing.Work of(RemediationIntent intent) {
    return switch (intent) {
      case RemediationIntent.WriteStatus write ->
          work(
              write.base(),
              "remediation " + write.status().phase(),
              Map.of("heal8s.reason", Objects.requireNonNullElse(write.status().reason(), "")));
      case RemediationIntent.RememberRefusal remember ->
          work(remember.base(), "refusal remembered", Map.of());
      case RemediationIntent.CarryOut carryOut ->
          work(
              carryOut.base(),
              switch (carryOut.type()) {
                case Apply -> "change applied";
                case Undo -> "change undone";
              },
              Map.of());
      case RemediationIntent.Run(Remediation base, RemediationIntent.Effect effect) ->
          work(
              base,
              switch (effect) {
                case RemediationIntent.Effect.Evict _ -> "pod evicted";
                case RemediationIntent.Effect.Call _ -> "webhook called";
                case RemediationIntent.Effect.Command _ -> "command run";
                case RemediationIntent.Effect.Patch _ -> "patch sent";
                case RemediationIntent.Effect.Recall _ -> "result recalled";
                case RemediationIntent.Effect.Forgo _ -> "call given up";
              },
              Map.of());
    };
  }

  private static Tracing.Work work(Remediation about, String name, Map<String, String> more) {
    Map<String, String> attributes = new TreeMap<>(more);
    attributes.put(
        "heal8s.remediation",
        about.getMetadata().getNamespace() + "/" + about.getMetadata().getName());
    attributes.put("heal8s.action", String.valueOf(about.spec().action().type()));
    return new Tracing.Work(TraceParent.of(about).orElse(null), name, attributes);
  }
}
