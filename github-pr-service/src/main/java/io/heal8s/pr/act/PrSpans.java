// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.act;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.TraceParent;
import io.heal8s.core.runtime.Tracing;
import io.heal8s.pr.intent.Inquiry;
import io.heal8s.pr.intent.Lane;
import io.heal8s.pr.intent.PrIntent;
import java.util.Map;
import java.util.TreeMap;

/** What effects are called in the trace of their Remediation. */
public final class PrSpans {

  private PrSpans() {}

  /** An effect as a piece of a trace. */
  public static Tracing.Work of(PrIntent intent) {
    return switch (intent) {
      case PrIntent.Record record -> work(record.remediation(), "pull request recorded", Map.of());
      case PrIntent.Open open ->
          work(open.remediation(), name(open.proposal().inquiry(), "opened"), of(open));
      case PrIntent.Withdraw withdraw ->
          work(withdraw.remediation(), name(withdraw.inquiry(), "withdrawn"), Map.of());
    };
  }

  private static String name(Inquiry inquiry, String what) {
    return (inquiry.lane() == Lane.REVERT ? "revert " : "") + "pull request " + what;
  }

  private static Map<String, String> of(PrIntent.Open open) {
    Inquiry inquiry = open.proposal().inquiry();
    return Map.of("heal8s.forge", inquiry.repository().forge(), "heal8s.branch", inquiry.branch());
  }

  private static Tracing.Work work(Remediation about, String name, Map<String, String> more) {
    Map<String, String> attributes = new TreeMap<>(more);
    attributes.put(
        "heal8s.remediation", about.metadata().getNamespace() + "/" + about.metadata().getName());
    return new Tracing.Work(TraceParent.of(about).orElse(null), name, attributes);
  }
}
