// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.e2e.workflow.GithubStandIn.Pull;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which pull requests of ours a push merges: the first job of the workflow, which sees no secret.
 */
class MergedPullRequestsTest {

  private static final String OURS = "heal8s/increase-memory/api-01234567";
  private static final String BEFORE = "a".repeat(40);
  private static final String MIDDLE = "b".repeat(40);
  private static final String AFTER = "c".repeat(40);

  @TempDir Path folder;
  private GithubStandIn github;
  private WorkflowRun run;

  @BeforeEach
  void aPush() throws Exception {
    github = new GithubStandIn(folder.resolve("gh"));
    run =
        new WorkflowRun(
            folder, folder.resolve("runner"), BEFORE, AFTER, github.folder().toString());
  }

  static Stream<Arguments> pushes() {
    return Stream.of(
        Arguments.of("one of ours", List.of(Pull.merged(7, OURS, AFTER)), "7"),
        Arguments.of("somebody else's", List.of(Pull.merged(8, "feature/heal8s/x", AFTER)), ""),
        Arguments.of(
            "ours first, another one last, as a merge queue does",
            List.of(Pull.merged(7, OURS, MIDDLE), Pull.merged(8, "feature", AFTER)),
            "7"),
        Arguments.of(
            "two of ours",
            List.of(Pull.merged(9, OURS, AFTER), Pull.merged(7, "heal8s/scale-up/web-0", MIDDLE)),
            "9 7"),
        Arguments.of(
            "one of ours that was merged before",
            List.of(Pull.merged(6, OURS, BEFORE), Pull.merged(8, "feature", AFTER)),
            ""),
        Arguments.of(
            "a fork's branch with our name",
            List.of(new Pull(7, OURS, "somebody/manifests", "main", true, AFTER)),
            ""),
        Arguments.of(
            "into another branch",
            List.of(new Pull(7, OURS, GithubStandIn.REPOSITORY, "staging", true, AFTER)),
            ""),
        Arguments.of(
            "closed without a merge",
            List.of(new Pull(7, OURS, GithubStandIn.REPOSITORY, "main", false, AFTER)),
            ""),
        Arguments.of("none", List.of(), ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pushes")
  void findsOurs(String name, List<Pull> pulls, String found) throws Exception {
    github.push(BEFORE, AFTER, List.of(MIDDLE, AFTER), pulls);
    Workflow.Run job = run.find();

    assertThat(job.exit()).as(job.output()).isZero();
    assertThat(run.found()).isEqualTo(found);
    if (found.isEmpty()) {
      assertThat(job.output()).contains("nothing is applied");
    }
  }

  @Test
  void waitsUntilGithubKnows() throws Exception {
    github.push(BEFORE, AFTER, List.of(AFTER), List.of(Pull.merged(7, OURS, AFTER)));
    github.late(4);

    assertThat(run.find().exit()).isZero();
    assertThat(run.found()).isEqualTo("7");
  }

  @Test
  void asksAgainWhenGithubFails() throws Exception {
    github.push(BEFORE, AFTER, List.of(AFTER), List.of(Pull.merged(7, OURS, AFTER)));
    github.down(2);

    assertThat(run.find().exit()).isZero();
    assertThat(run.found()).isEqualTo("7");
  }

  @Test
  void failsLoudlyWhenGithubNeverAnswers() throws Exception {
    github.push(BEFORE, AFTER, List.of(AFTER), List.of(Pull.merged(7, OURS, AFTER)));
    github.down(100);
    Workflow.Run job = run.find();

    assertThat(job.exit()).isEqualTo(1);
    assertThat(job.output()).contains("::error::GitHub did not say");
    assertThat(run.found()).isEmpty();
  }

  @Test
  void aRunThatLostItsPlaceIsTold() throws Exception {
    github.push(BEFORE, AFTER, List.of(AFTER), List.of(Pull.merged(7, OURS, AFTER)));
    run.find();
    run.report("cancelled");

    assertThat(github.comments())
        .contains("pr comment 7", "Not applied", "took its place in the queue", "Run it again");
  }
}
