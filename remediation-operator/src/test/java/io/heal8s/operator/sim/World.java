// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.sim;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Announcement;
import io.heal8s.core.decide.policy.EffectivePolicy;
import io.heal8s.operator.act.EventSink;
import io.heal8s.operator.act.PolicySource;
import io.heal8s.operator.testing.Policies;
import io.heal8s.operator.testing.Rem;
import io.kubernetes.client.custom.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The API server, as far as the operator sees it, and what watches over the rules of the house. */
final class World implements PolicySource, EventSink {

  /** Git repository for everything, alerts may act directly unasked. */
  static final String POLICY =
      """
      {"repositories":[{"forge":"git","repository":"https://git/shop.git",
         "path":"apps/{namespace}/{name}.yaml"}],
       "allow":{"unapproved":[{"detector":"Alert"}]}}
      """;

  Instant now = Rem.T0;
  String policyJson = POLICY;
  int policyVersion;
  final List<String> told = new ArrayList<>();

  final Calls calls = new Calls();
  final HouseRules rules = new HouseRules();
  final StoredInMemory remediations = new StoredInMemory(calls, rules);
  final Workload workload = new Workload(calls, rules, remediations, () -> now);
  final Receivers outside = new Receivers(calls, rules, remediations);

  private final Map<String, EffectivePolicy> policies = new HashMap<>();

  /** A new process remembers nothing, and lives. */
  void restarted() {
    remediations.restarted();
    calls.toLive = -1;
  }

  void policy(String json) {
    policyJson = json;
    policyVersion++;
  }

  @Override
  public InForce of(String namespace) {
    return new InForce(policies.computeIfAbsent(policyJson, Policies::of), "v" + policyVersion);
  }

  @Override
  public void tell(Remediation about, Announcement what) {
    told.add(about.getMetadata().getName() + " " + what.reason());
  }

  static long bytes(String quantity) {
    return Quantity.fromString(quantity).getNumber().longValue();
  }

  void pass(Duration time) {
    now = now.plus(time);
  }
}
