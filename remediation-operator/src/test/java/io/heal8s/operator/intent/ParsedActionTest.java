// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.intent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.ArgumentsFrom;
import io.heal8s.core.decide.Verdict;
import io.heal8s.operator.intent.Action.IncreaseMemory;
import io.heal8s.operator.intent.Action.RollbackImage;
import io.heal8s.operator.intent.Action.ScaleUp;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ParsedActionTest {

  record Good(ActionType type, Map<String, String> params, Action expected, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Good> good() {
    return Stream.of(
        new Good(
            ActionType.IncreaseMemory,
            Map.of(),
            memory("25", 2L << 30, "2Gi", "default, set spec.action.params.maxMemory to change it"),
            "25 % and 2Gi are the first release's defaults"),
        new Good(
            ActionType.IncreaseMemory,
            Map.of("memoryIncreasePercent", "12.5", "maxMemory", "1536Mi"),
            memory("12.5", 1536L << 20, "1536Mi", "spec.action.params.maxMemory"),
            "a cap keeps its spelling"),
        new Good(
            ActionType.IncreaseMemory,
            Map.of("addLimit", "true"),
            new IncreaseMemory(
                new BigDecimal("25"),
                cap(2L << 30, "2Gi", "default, set spec.action.params.maxMemory to change it"),
                true),
            "a first limit must be asked for"),
        new Good(
            ActionType.ScaleUp,
            Map.of(),
            new ScaleUp(
                new BigDecimal("50"),
                cap(10, "10", "default, set spec.action.params.maxReplicas to change it")),
            "50 % and 10 are the first release's defaults"),
        new Good(
            ActionType.ScaleUp,
            Map.of("scaleUpPercent", "100", "maxReplicas", "007"),
            new ScaleUp(new BigDecimal("100"), cap(7, "7", "spec.action.params.maxReplicas")),
            "a number has one spelling"),
        new Good(
            ActionType.RollbackImage, Map.of(), new RollbackImage(5), "five revisions by default"),
        new Good(
            ActionType.RollbackImage,
            Map.of("rollbackMaxRevisions", "2"),
            new RollbackImage(2),
            "revisions can be limited"),
        new Good(
            ActionType.RestartWorkload, Map.of(), new Action.RestartWorkload(), "no parameters"));
  }

  @ParameterizedTest
  @MethodSource("good")
  void isUnderstood(Good example) {
    assertThat(ParsedAction.of(ActionSpec.of(example.type(), example.params())))
        .isEqualTo(new ParsedAction.Understood(example.expected()));
  }

  record Bad(ActionType type, String name, String value, String says, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Bad> bad() {
    ActionType memory = ActionType.IncreaseMemory;
    ActionType scale = ActionType.ScaleUp;
    String percent = "memoryIncreasePercent";
    return Stream.of(
        new Bad(memory, percent, "0", "a number above 0", "zero raises nothing"),
        new Bad(memory, percent, "0.000", "a number above 0", "zero in any spelling"),
        new Bad(memory, percent, "-50", "a number above 0", "a raise never lowers"),
        new Bad(memory, percent, "25abc", "a number above 0", "trailing garbage is refused"),
        new Bad(memory, percent, "25%", "without a sign or unit", "the unit is in the name"),
        new Bad(memory, percent, " 25", "a number above 0", "blanks are garbage too"),
        new Bad(memory, percent, "", "a number above 0", "empty is not unset"),
        new Bad(memory, percent, "1e9", "a number above 0", "no exponents"),
        new Bad(memory, percent, "9999999", "a number above 0", "more than 999999 % is a mistake"),
        new Bad(memory, "maxMemory", "2GB", "such as \"2Gi\"", "GB is no suffix of Kubernetes"),
        new Bad(memory, "maxMemory", "0", "above 0", "a cap of zero allows nothing"),
        new Bad(memory, "maxMemory", "-2Gi", "above 0", "a cap is positive"),
        new Bad(memory, "maxMemory", "500m", "whole number of bytes", "half a byte is a mistake"),
        new Bad(memory, "maxMemory", "16Ei", "whole number", "more than 2^63-1 bytes do not fit"),
        new Bad(memory, "maxMemory", "1e999999999", "such as \"2Gi\"", "takes hours to multiply"),
        new Bad(memory, "addLimit", "yes", "\"true\" or \"false\"", "one spelling of true"),
        new Bad(memory, "maxMemry", "4Gi", "it takes memoryIncreasePercent, maxMemory", "a typo"),
        new Bad(scale, "scaleUpPercent", "-1", "a number above 0", "a raise never lowers"),
        new Bad(scale, "maxReplicas", "ten", "a whole number above 0", "it once became 0 replicas"),
        new Bad(scale, "maxReplicas", "10.5", "a whole number above 0", "no half replicas"),
        new Bad(scale, "maxReplicas", "0", "a whole number above 0", "a cap of zero"),
        new Bad(
            ActionType.RollbackImage,
            "rollbackMaxRevisions",
            "0",
            "a whole number above 0",
            "none"),
        new Bad(ActionType.RestartWorkload, "x", "1", "it takes no parameters", "nothing to set"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void namesTheParameterAndSaysWhatToWrite(Bad example) {
    Verdict verdict =
        refusal(ActionSpec.of(example.type(), Map.of(example.name(), example.value())));
    assertThat(verdict.reason()).isEqualTo(ActionReason.InvalidParameter);
    assertThat(verdict.message())
        .contains("spec.action.params." + example.name())
        .contains(example.says());
  }

  @Test
  void aLongValueIsCutInTheMessage() {
    Verdict verdict =
        refusal(ActionSpec.of(ActionType.IncreaseMemory, Map.of("maxMemory", "9".repeat(100_000))));
    assertThat(verdict.message()).hasSizeLessThan(400);
    Verdict name =
        refusal(ActionSpec.of(ActionType.RestartWorkload, Map.of("\n".repeat(100_000), "")));
    assertThat(name.message()).hasSizeLessThan(400).doesNotContain("\n");
  }

  @Test
  void argumentsOfNewerActionsAreNotIgnored() {
    ActionSpec free = new ActionSpec(ActionType.ScaleUp, null, Map.of("replicas", 3), null);
    assertThat(refusal(free).message()).contains("spec.action.arguments");
    ActionSpec from =
        new ActionSpec(
            ActionType.ScaleUp, null, null, new ArgumentsFrom("TargetApp", "a", null, 0, "0"));
    assertThat(refusal(from).message()).contains("spec.action.argumentsFrom");
  }

  @Test
  void aTypeOfANewerReleaseIsStalledNotGuessed() {
    Verdict verdict = refusal(new ActionSpec(null, null, null, null));
    assertThat(verdict.reason()).isEqualTo(ActionReason.UnsupportedValue);
    assertThat(verdict.message()).contains("spec.action.type").contains("IncreaseMemory");
  }

  @ParameterizedTest
  @EnumSource(value = ActionType.class, mode = EnumSource.Mode.EXCLUDE, names = "PatchResource")
  void onlyStatesOfAWorkloadRepeatHarmlessly(ActionType type) {
    Set<ActionType> joining =
        Set.of(
            ActionType.IncreaseMemory,
            ActionType.IncreaseCpu,
            ActionType.ScaleUp,
            ActionType.RollbackImage,
            ActionType.RestartWorkload,
            ActionType.RestartPods);
    assertThat(ParsedAction.of(ActionSpec.of(type, LEAST.getOrDefault(type, Map.of()))))
        .isInstanceOfSatisfying(
            ParsedAction.Understood.class,
            parsed -> {
              assertThat(parsed.action().type()).isEqualTo(type);
              assertThat(parsed.action().repeatsHarmlessly()).isEqualTo(joining.contains(type));
            });
  }

  /** What an action cannot do without. */
  private static final Map<ActionType, Map<String, String>> LEAST =
      Map.of(
          ActionType.ScaleTo, Map.of("replicas", "1"),
          ActionType.CallWebhook, Map.of("url", "https://a.example"),
          ActionType.ExecCommand, Map.of("command", "true"));

  @Test
  void whatThisBuildCanDoIsWhatItSays() {
    Set<String> built =
        Stream.of(ActionType.values())
            .filter(
                type ->
                    ParsedAction.of(ActionSpec.of(type, LEAST.getOrDefault(type, Map.of())))
                            instanceof ParsedAction.Understood(Action action)
                        && !(action instanceof Action.NotBuiltYet))
            .map(ActionType::name)
            .collect(Collectors.toSet());
    // Its patch cannot be a text.
    built.add("PatchResource");
    assertThat(built).containsExactlyInAnyOrderElementsOf(ActionParameters.BUILT);
  }

  @Property
  void noParameterBreaksTheReader(
      @ForAll ActionType type, @ForAll String name, @ForAll String value) {
    assertThat(ParsedAction.of(ActionSpec.of(type, Map.of(name, value)))).isNotNull();
    assertThat(
            ParsedAction.of(
                ActionSpec.of(ActionType.IncreaseMemory, Map.of("memoryIncreasePercent", value))))
        .isNotNull();
  }

  private static Verdict refusal(ActionSpec spec) {
    return switch (ParsedAction.of(spec)) {
      case ParsedAction.NotUnderstood(Verdict verdict) -> verdict;
      case ParsedAction.Understood(Action action) ->
          throw new AssertionError("was understood as " + action);
    };
  }

  private static IncreaseMemory memory(String percent, long cap, String text, String source) {
    return new IncreaseMemory(new BigDecimal(percent), cap(cap, text, source), false);
  }

  private static Cap cap(long value, String text, String source) {
    return new Cap(BigDecimal.valueOf(value), text, source);
  }
}
