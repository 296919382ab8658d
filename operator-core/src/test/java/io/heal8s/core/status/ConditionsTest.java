// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.Condition.Status;
import io.heal8s.core.decide.Reason;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConditionsTest {

  enum Type {
    Ready,
    Applied,
    Foreign
  }

  enum Why implements Reason {
    First,
    Second
  }

  private static final Instant T0 = Instant.parse("2026-03-01T12:00:00.750Z");
  private static final Instant T1 = T0.plusSeconds(60);
  private static final OffsetDateTime T0_SECONDS = OffsetDateTime.parse("2026-03-01T12:00:00Z");

  @Test
  void transitionTimeMovesOnlyWhenTheTruthFlips() {
    Conditions first = Conditions.NONE.with(Type.Ready, Status.False, Why.First, "a", 1L, T0);
    Conditions again = first.with(Type.Ready, Status.False, Why.Second, "b", 2L, T1);
    Conditions flipped = again.with(Type.Ready, Status.True, Why.Second, "b", 2L, T1);

    assertThat(since(first)).isEqualTo(T0_SECONDS);
    assertThat(since(again)).as("because only reason and message changed").isEqualTo(T0_SECONDS);
    assertThat(since(flipped)).isEqualTo(T0_SECONDS.plusSeconds(60));
  }

  @Test
  void everySetWritesTheGenerationThatWasJudged() {
    Conditions conditions =
        Conditions.NONE
            .with(Type.Ready, Status.True, Why.First, "", 1L, T0)
            .with(Type.Ready, Status.True, Why.First, "", 7L, T1);

    assertThat(conditions.get(Type.Ready)).extracting(Condition::observedGeneration).isEqualTo(7L);
  }

  @Test
  void orderDependsOnNothingButTheTypes() {
    Conditions one =
        Conditions.NONE
            .with(Type.Ready, Status.True, Why.First, "", 1L, T0)
            .with(Type.Applied, Status.True, Why.First, "", 1L, T0);
    Conditions other =
        Conditions.NONE
            .with(Type.Applied, Status.True, Why.First, "", 1L, T0)
            .with(Type.Ready, Status.True, Why.First, "", 1L, T0);

    assertThat(one.toList()).isEqualTo(other.toList());
    assertThat(one.toList()).extracting(Condition::type).containsExactly("Applied", "Ready");
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
  }

  @Test
  void setChangesNoOtherConditionAndNotTheListItWasMadeFrom() {
    Condition foreign = condition("Foreign", T0_SECONDS);
    Conditions held = Conditions.of(List.of(foreign));
    Conditions more = held.with(Type.Ready, Status.True, Why.First, "", 1L, T1);

    assertThat(more.toList()).contains(foreign).hasSize(2);
    assertThat(held.toList()).containsExactly(foreign);
    assertThat(more.without(Type.Ready)).isEqualTo(held);
  }

  @Test
  void writerSeesOnlyItsOwnPartOfAListThatSeveralShare() {
    Conditions conditions =
        Conditions.of(List.of(condition("Foreign", T0_SECONDS), condition("Ready", T0_SECONDS)));

    assertThat(conditions.only(Set.of(Type.Ready, Type.Applied)).toList())
        .extracting(Condition::type)
        .containsExactly("Ready");
  }

  @Test
  void conditionWithoutATimeGetsOne() {
    Conditions conditions =
        Conditions.of(List.of(condition("Ready", null)))
            .with(Type.Ready, Status.True, Why.First, "", 1L, T0);

    assertThat(since(conditions)).isEqualTo(T0_SECONDS);
  }

  @Test
  void absentConditionIsNotTrue() {
    assertThat(Conditions.of(null).isTrue(Type.Ready)).isFalse();
    assertThat(Conditions.of(List.of(condition("Ready", null))).isTrue(Type.Ready)).isTrue();
  }

  @Test
  void messageIsCutToWhatTheSchemaAllows() {
    Conditions conditions =
        Conditions.NONE.with(Type.Ready, Status.True, Why.First, "x".repeat(40_000), 1L, T0);

    assertThat(Objects.requireNonNull(conditions.get(Type.Ready)).message()).hasSize(32_768);
  }

  private static Condition condition(String type, @Nullable OffsetDateTime since) {
    return new Condition(type, Status.True, 1L, since, "First", "");
  }

  private static @Nullable OffsetDateTime since(Conditions conditions) {
    return Objects.requireNonNull(conditions.get(Type.Ready)).lastTransitionTime();
  }
}
