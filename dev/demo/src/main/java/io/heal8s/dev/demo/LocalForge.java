// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.dev.suite.GitRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A bare git repository on this machine. */
record LocalForge(GitRepository repository) implements DemoForge {

  private static final String FILE = "apps/shop/shop-api.yaml";

  static LocalForge create(Path directory, String manifest) {
    return new LocalForge(
        GitRepository.create(directory.resolve("shop.git"), Map.of(FILE, manifest)));
  }

  @Override
  public String file() {
    return FILE;
  }

  @Override
  public String rule() {
    return """
          - namespaces: [shop]
            forge: git
            repository: %s
            baseBranch: %s
            path: "apps/{namespace}/{name}.yaml"
        """
        .formatted(repository.url(), GitRepository.BASE);
  }

  @Override
  public List<String> serviceArguments() {
    return List.of("--heal8s.pr.poll-interval=1s");
  }

  @Override
  public String branch() {
    return GitRepository.BASE;
  }

  @Override
  public @Nullable String head() {
    return repository.head();
  }

  @Override
  public String content(String commit, String file) {
    return repository.content(commit, file);
  }

  @Override
  public String diff(PullRequest pullRequest) {
    return repository.diff(branchOf(pullRequest));
  }

  @Override
  public String text(PullRequest pullRequest) {
    return repository.message(branchOf(pullRequest));
  }

  @Override
  public void merge(PullRequest pullRequest) {
    repository.merge(branchOf(pullRequest));
  }

  private static String branchOf(PullRequest pullRequest) {
    return Objects.requireNonNull(pullRequest.branch(), "the pull request has no branch");
  }

  @Override
  public void close() {
    repository.close();
  }
}
