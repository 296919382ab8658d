// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangedLinesTest {

  private static final String HEADER = "--- a/shop.yaml\n+++ b/shop.yaml\n@@ -42,3 +42,3 @@\n";

  @Test
  void countsTheMemoryOfTheContainerThatNeedsMore() {
    assertThat(
            ChangedLines.in(
                HEADER
                    + """
                           cpu: 100m
                     -              memory: "256Mi"   # same as the limit
                     +              memory: "320Mi"   # same as the limit
                           limits:
                     -              memory: "256Mi"
                     +              memory: "320Mi"
                     """))
        .isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-            limits: {memory: 64Mi}\n+            limits: {memory: 128Mi}\n",
        "-              memory: \"256Mi\"   # same\n+              memory: \"320Mi\"\n",
        "-              memory: \"256Mi\"\n+            memory: \"320Mi\"\n",
        "-              cpu: 100m\n+              cpu: 200m\n",
        "-              memory: \"256Mi\"\n",
        "",
      })
  void anythingElseIsNoSuccess(String lines) {
    assertThatThrownBy(() -> ChangedLines.in(HEADER + lines))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the pull request ");
  }
}
