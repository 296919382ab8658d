// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.dev.demo.DemoMain;
import io.heal8s.dev.github.Access;
import io.heal8s.dev.github.Edition;
import io.heal8s.dev.github.Exchanged;
import io.heal8s.dev.github.GithubStandIn;
import io.heal8s.dev.github.HostedRepository;
import io.heal8s.dev.github.PullView;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./heal8s demo --github}, at a GitHub on loopback instead of the real one. */
class GithubDemoTest {

  private static final Map<String, String> WITH_TOKEN = Map.of("GITHUB_TOKEN", "ghp_secret");

  @TempDir private Path directory;

  @Test
  void theMainJobThroughAPullRequestAtGithub() {
    try (GithubStandIn github =
        GithubStandIn.start(Edition.COM, directory, InstantSource.system())) {
      github.accounts().token("ghp_secret", "robin", Access.WRITE);
      HostedRepository repository = github.repository("acme", "shop");

      int exit =
          DemoMain.run(
              WITH_TOKEN,
              "--json",
              "--github",
              "acme/shop",
              "--github-api",
              github.apiUrl().toString());

      assertThat(exit).isZero();
      assertThat(repository.pulls())
          .singleElement()
          .satisfies(
              pull -> {
                assertThat(pull.state()).isEqualTo("merged");
                assertThat(pull.labels()).contains("heal8s");
                assertThat(pull.body()).contains("memory");
              });
      assertThat(repository.pulls()).extracting(PullView::autoMerge).containsOnlyNulls();
      assertThat(github.exchanged()).extracting(Exchanged::status).contains(304);
      github.assertConformant();
    }
  }

  @Test
  void aWrongTokenIsSaid() {
    try (GithubStandIn github =
        GithubStandIn.start(Edition.COM, directory, InstantSource.system())) {
      github.repository("acme", "shop");

      assertThat(
              DemoMain.run(
                  Map.of(), "--github", "acme/shop", "--github-api", github.apiUrl().toString()))
          .as("no token")
          .isEqualTo(2);
      assertThat(DemoMain.run(WITH_TOKEN, "--github", "shop")).as("no owner").isEqualTo(2);
      assertThat(DemoMain.run(WITH_TOKEN, "--github", "acme/shop", "--direct")).isEqualTo(2);
      assertThat(github.exchanged()).isEmpty();
    }
  }
}
