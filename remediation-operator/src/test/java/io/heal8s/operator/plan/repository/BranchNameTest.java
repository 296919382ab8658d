// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.repository;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BranchNameTest {

  /** What git-check-ref-format accepts. */
  @ParameterizedTest
  @ValueSource(strings = {"main", "release/1.2", "feature_x", "a.b", "ünïcode", "a@b", "x{y"})
  void gitsNamesPass(String name) {
    assertThat(BranchName.problem(name)).isEmpty();
  }

  /** What it refuses, each for another of its rules. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "a b", "a~b", "a^b", "a:b", "a?b", "a*b", "a[b", "a\\b", "a\tb", "a\u007fb", "a..b",
        "a@{b", "a//b", "/a", "-a", "a/", "a.", ".a", "a/.b", "a.lock", "a.lock/b", "@", "HEAD"
      })
  void everythingElseIsRefused(String name) {
    assertThat(BranchName.problem(name)).isPresent();
  }
}
