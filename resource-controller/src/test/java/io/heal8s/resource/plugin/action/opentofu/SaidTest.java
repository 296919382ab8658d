// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SaidTest {

  private final Said said = new Said(text -> text.replace("hunter2", "***"));

  @Test
  void theMachineReadableLinesAreUnderstoodAndSecretsMasked() {
    said.accept("{\"@message\":\"OpenTofu 1.12\",\"type\":\"version\"}");
    said.accept("{\"@message\":\"x: Creating... [hunter2]\",\"type\":\"apply_start\"}");
    said.accept(
        "{\"@message\":\"Apply complete!\",\"type\":\"change_summary\","
            + "\"changes\":{\"add\":3,\"change\":2,\"remove\":1,\"operation\":\"apply\"}}");
    said.accept("{\"@message\":\"Outputs: 1\",\"type\":\"outputs\",\"outputs\":{\"a\":{}}}");
    assertThat(said.text()).isEqualTo("x: Creating... [***]\nApply complete!");
    assertThat(new int[] {said.added(), said.changed(), said.removed()}).containsExactly(3, 2, 1);
  }

  @Test
  void whatIsWrongIsTheErrorsAndNotTheWarnings() {
    said.accept(
        "{\"type\":\"diagnostic\",\"diagnostic\":{\"severity\":\"warning\",\"summary\":\"old\"}}");
    said.accept(
        "{\"type\":\"diagnostic\",\"diagnostic\":{\"severity\":\"error\",\"summary\":\"Invalid\","
            + "\"detail\":\"not hunter2\",\"address\":\"a.b\"}}");
    assertThat(said.trouble()).isEqualTo("a.b: Invalid: not ***");
    assertThat(said.text()).isEqualTo("Warning: old\nError: a.b: Invalid: not ***");
  }

  @Test
  void inPlainLinesTheErrorIsFound() {
    said.accept("Initializing the backend...");
    said.accept("│ Error: No such module");
    said.accept("│ It is not there.");
    assertThat(said.trouble()).isEqualTo("│ Error: No such module │ It is not there.");
  }

  @Test
  void whatIsTooLongLosesItsBeginning() {
    for (int i = 0; i < 10_000; i++) {
      said.accept("line number " + i);
    }
    assertThat(said.text())
        .startsWith("… earlier lines are left out\n")
        .endsWith("line number 9999")
        .hasSizeLessThan(66_000);
  }

  @Test
  void aLineThatOnlyLooksLikeJsonIsALine() {
    said.accept("{ what?");
    assertThat(said.text()).isEqualTo("{ what?");
  }
}
