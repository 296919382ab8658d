// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.routing;

import io.heal8s.core.decide.policy.EffectivePolicy;
import io.heal8s.gateway.intent.Retries;
import java.time.Duration;
import java.util.List;

/** What the policies of one namespace mean for its alerts, compiled once for many alerts. */
public final class NamespaceRules {

  /** The rules of a namespace that this installation leaves alone. */
  public static final NamespaceRules NOT_SERVED =
      new NamespaceRules(RouteTable.of(List.of()), new Retries(Duration.ZERO, 1), Duration.ZERO);

  private final RouteTable routes;
  private final Retries retries;
  private final Duration ttl;

  private NamespaceRules(RouteTable routes, Retries retries, Duration ttl) {
    this.routes = routes;
    this.retries = retries;
    this.ttl = ttl;
  }

  /** The rules of a merged policy. A policy with problems still routes; the operator stalls it. */
  public static NamespaceRules of(EffectivePolicy policy) {
    return new NamespaceRules(
        RouteTable.of(policy.routes()),
        new Retries(policy.retryAfter(), policy.maxAttempts()),
        policy.ttl());
  }

  RouteTable routes() {
    return routes;
  }

  Retries retries() {
    return retries;
  }

  /** How long a Remediation may wait for its first effect, unless its route says otherwise. */
  Duration ttl() {
    return ttl;
  }
}
