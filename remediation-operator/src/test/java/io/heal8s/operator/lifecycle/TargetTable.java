// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.operator.intent.EffectCounts;
import io.heal8s.operator.intent.EffectCounts.Taken;
import io.heal8s.operator.intent.RemediationIntent;
import io.heal8s.operator.lifecycle.Scene.Decided;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tables of {@link TargetJudge}: a stage and an input, and the phase, reason and effect that must
 * follow.
 */
abstract class TargetTable {

  static final Duration MIN = Duration.ofMinutes(1);
  static final Duration HOUR = Duration.ofHours(1);

  /**
   * One row.
   *
   * @param scene what is there; the one judged is called {@code a}
   * @param effect the effect that leaves the run, empty for none
   * @param because why it must be so
   */
  record Case(
      String name,
      Supplier<Scene> scene,
      Phase phase,
      String reason,
      String effect,
      String because) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Case row(String name, Supplier<Scene> scene, Phase phase, String reason, String because) {
    return new Case(name, scene, phase, reason, "", because);
  }

  static Case effect(
      String name,
      Supplier<Scene> scene,
      Phase phase,
      String reason,
      String effect,
      String because) {
    return new Case(name, scene, phase, reason, effect, because);
  }

  static Rem a() {
    return Rem.planned("a");
  }

  static Rem direct() {
    return Rem.planned("a").direct();
  }

  static Rem approved() {
    return Rem.planned("a")
        .awaitingApproval()
        .annotation("heal8s.io/approve", "eve")
        .annotation("heal8s.io/approved-plan", "plan-1");
  }

  static Rem older(String name) {
    return Rem.planned(name).created(MIN.negated());
  }

  static EffectCounts effects(int inNamespace) {
    List<Instant> at =
        IntStream.range(0, inNamespace).mapToObj(i -> Rem.T0.minusSeconds(60 + i)).toList();
    return new EffectCounts(new Taken(at.reversed(), 0), Taken.NOTHING);
  }

  /** Proposals of the namespace that wait for their merge. */
  static EffectCounts proposals(int inNamespace) {
    Taken taken = new Taken(List.of(), inNamespace);
    return new EffectCounts(taken, taken);
  }

  static String causeOfA() {
    return io.heal8s.operator.gate.Cause.of(
        "c1",
        Objects.requireNonNull(Rem.planned("a").build().statusOrEmpty().target()),
        Rem.planned("a").build());
  }

  static Rem withHealthy(Rem rem) {
    RemediationStatus status = rem.build().statusOrEmpty();
    assertThat(status.verification()).isNotNull();
    return rem.healthySince(Duration.ZERO);
  }

  static Plan noUndo() {
    var plan = Rem.plan("plan-1", "256Mi", "320Mi");
    return new io.heal8s.core.api.k8shealer.remediation.Plan(
        plan.id(), "c1", plan.changes(), plan.diff(), List.of(), "none: cannot", null);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void follows(Case row) {
    Decided decided = row.scene().get().judge();

    RemediationStatus status = decided.status("a");
    assertThat(status.phase()).as(row.because()).isEqualTo(row.phase());
    assertThat(status.reason()).as(row.because()).isEqualTo(row.reason());
    assertThat(decided.effect().map(TargetTable::told).orElse(""))
        .as(row.because())
        .isEqualTo(row.effect());
  }

  private static String told(RemediationIntent intent) {
    return switch (intent) {
      case RemediationIntent.CarryOut(var base, var type, var changes, var account) ->
          type + " " + changes.getFirst().before() + "→" + changes.getFirst().after();
      case RemediationIntent.RememberRefusal _ -> "RememberRefusal";
      case RemediationIntent.WriteStatus _ -> "WriteStatus";
      case RemediationIntent.Run(var base, var effect) -> effect.getClass().getSimpleName();
    };
  }
}
