// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.intent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arguments of the original operator of TargetApps, and its words where they are wrong. */
class ArgumentsReaderTest {

  record Wrong(ActionType type, String arguments, String says, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Wrong> wrong() {
    ActionType scale = ActionType.ScaleTo;
    ActionType hook = ActionType.CallWebhook;
    ActionType exec = ActionType.ExecCommand;
    ActionType patch = ActionType.PatchResource;
    return Stream.of(
        new Wrong(scale, "{}", "Missing required parameter: replicas", "required"),
        new Wrong(scale, "{\"replicas\":\"abc\"}", "Invalid replica count: abc", "no number"),
        new Wrong(scale, "{\"replicas\":1.5}", "Invalid replica count: 1.5", "no half pods"),
        new Wrong(scale, "{\"replicas\":true}", "Invalid replica count: true", "a boolean"),
        new Wrong(scale, "{\"replicas\":-1}", "Replica count cannot be negative: -1", "negative"),
        new Wrong(scale, "{\"replicas\":1,\"x\":1}", "x is no argument", "a typo"),
        new Wrong(hook, "{}", "Missing required parameter: url", "required"),
        new Wrong(hook, "{\"url\":\"u\",\"payload\":\"text\"}", "payload is no map", "as it was"),
        new Wrong(hook, "{\"url\":\"u\",\"timeout\":0}", "timeout is another number", "range"),
        new Wrong(exec, "{}", "Missing required parameter: command", "required"),
        new Wrong(exec, "{\"command\":7}", "Command must be string or array", "no command"),
        new Wrong(exec, "{\"command\":[]}", "Missing required parameter: command", "empty"),
        new Wrong(patch, "{}", "Missing required parameter: patchData", "required"),
        new Wrong(patch, "{\"patchData\":{}}", "Missing required parameter: patchData", "empty"),
        new Wrong(patch, "{\"patchData\":{\"a\":1},\"patchType\":\"json\"}", "a list", "fits"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void isRefusedInTheOriginalsWords(Wrong example) {
    assertThat(parsed(example.type(), example.arguments()))
        .isInstanceOfSatisfying(
            ParsedAction.NotUnderstood.class,
            refused -> assertThat(refused.verdict().message()).contains(example.says()));
  }

  @Test
  void aCommandInADirectoryIsDataOfTheShellAndNotItsText() {
    var action =
        action(
            ActionType.ExecCommand,
            "{\"command\":[\"ls\",\"a b\"],\"workingDir\":\"/x'; rm -rf /\",\"args\":[1]}");
    assertThat(((Action.ExecCommand) action).command().argv())
        .isEqualTo(
            List.of(
                "/bin/sh",
                "-c",
                "cd -- \"$1\" && shift && exec \"$@\"",
                "sh",
                "/x'; rm -rf /",
                "ls",
                "a b"));
  }

  @Test
  void aStringIsForTheShell() {
    var action = action(ActionType.ExecCommand, "{\"command\":\"echo $HOME\"}");
    assertThat(((Action.ExecCommand) action).command().argv())
        .containsExactly("/bin/sh", "-c", "echo $HOME");
  }

  @Test
  void aNullInAPatchStaysBecauseItRemoves() {
    var action =
        action(
            ActionType.PatchResource, "{\"patchData\":{\"metadata\":{\"labels\":{\"a\":null}}}}");
    assertThat(((Action.PatchResource) action).patch().data())
        .isEqualTo(JsonParser.parseString("{\"metadata\":{\"labels\":{\"a\":null}}}"));
  }

  @Test
  void addressesHeadersAndArgumentsAreNotInAnyText() {
    var hook =
        action(
            ActionType.CallWebhook,
            "{\"url\":\"https://h/SECRET\",\"headers\":{\"Authorization\":\"SECRET\"}}");
    var exec = action(ActionType.ExecCommand, "{\"command\":[\"mysql\",\"-pSECRET\"]}");
    assertThat(hook.toString() + exec).doesNotContain("SECRET");
  }

  private static Action action(ActionType type, String arguments) {
    return switch (parsed(type, arguments)) {
      case ParsedAction.Understood(Action action) -> action;
      case ParsedAction.NotUnderstood(var verdict) -> throw new AssertionError(verdict.message());
    };
  }

  private static ParsedAction parsed(ActionType type, String arguments) {
    Map<String, Object> map =
        new HashMap<>(JsonParser.parseString(arguments).getAsJsonObject().asMap());
    return ParsedAction.of(new ActionSpec(type, null, map, null));
  }
}
