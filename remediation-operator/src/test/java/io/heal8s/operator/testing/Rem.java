// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.testing;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * A Remediation in the making; starts as one that was planned in git mode and waits at the gate.
 */
public final class Rem extends ActedRem {

  /** The instant that offsets are from. */
  public static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");

  /** Path of the memory limit that plans in tests change. */
  public static final String LIMIT =
      "spec.template.spec.containers[name=api].resources.limits.memory";

  private Rem(String name) {
    super(name);
  }

  /** One that waits at the gate. */
  public static Rem planned(String name) {
    return new Rem(name)
        .is(ConditionType.AlertReceived, true, "AlertReceived")
        .is(ConditionType.Planned, true, "Planned")
        .because("Planned");
  }

  /** One that nobody has looked at. */
  public static Rem fresh(String name) {
    Rem rem = new Rem(name);
    rem.target = null;
    rem.plan = null;
    rem.phase = null;
    rem.observed = null;
    return rem;
  }

  /** A plan that raises the limit of container api. */
  public static Plan plan(String id, String before, String after) {
    return new Plan(
        id,
        "c1",
        List.of(Change.of(LIMIT, before, after, Change.ValueType.string)),
        "-" + before + "\n+" + after,
        List.of(),
        "set " + LIMIT + " back to " + before,
        null);
  }

  /** Offset from T0 as the API writes times. */
  public static OffsetDateTime time(Duration offset) {
    return T0.plus(offset).atOffset(ZoneOffset.UTC);
  }

  @Override
  Rem self() {
    return this;
  }

  /** The object. */
  public Remediation build() {
    return with(status());
  }
}
