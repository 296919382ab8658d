// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.repository;

import io.heal8s.core.api.heal8s.remediationpolicy.RepositoryRule;
import io.heal8s.core.api.k8shealer.remediation.GitHub;
import io.heal8s.core.api.k8shealer.remediation.Repository;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the pull request.
 *
 * @param autoMerge asked for; it is given only where every rule allows it
 */
record Wishes(@Nullable List<String> labels, @Nullable String titleTemplate, boolean autoMerge) {

  private static final int MAX_LABELS = 32;
  private static final int MAX_LABEL = 255;
  private static final int MAX_TITLE = 1024;

  static Wishes of(RepositoryRule rule) {
    return new Wishes(rule.labels(), rule.titleTemplate(), Boolean.TRUE.equals(rule.autoMerge()));
  }

  static Wishes of(RepositoryRule rule, GitHub github) {
    return new Wishes(
        github.prLabels() == null || github.prLabels().isEmpty()
            ? rule.labels()
            : github.prLabels(),
        github.prTitleTemplate() == null || github.prTitleTemplate().isEmpty()
            ? rule.titleTemplate()
            : github.prTitleTemplate(),
        Boolean.TRUE.equals(github.autoMerge()) && Boolean.TRUE.equals(rule.autoMerge()));
  }

  Repository repository(
      RepositoryRule rule, String baseBranch, String path, @Nullable RepositoryRule limit) {
    // Whoever limits a namespace also says whose credentials it uses and whether it may merge.
    return new Repository(
        rule.forge(),
        rule.repository(),
        baseBranch,
        path,
        rule.values(),
        rule.reviewers(),
        labels == null || labels.isEmpty() ? List.of("heal8s") : labels,
        autoMerge && (limit == null || Boolean.TRUE.equals(limit.autoMerge())),
        limit == null ? rule.credentials() : limit.credentials(),
        titleTemplate);
  }

  /** What the plan's record of the repository would refuse, a sentence; mostly empty. */
  static Optional<String> problem(GitHub github) {
    List<String> labels = github.prLabels() == null ? List.of() : github.prLabels();
    String title = github.prTitleTemplate() == null ? "" : github.prTitleTemplate();
    if (labels.size() > MAX_LABELS
        || labels.stream().anyMatch(label -> label.isEmpty() || label.length() > MAX_LABEL)) {
      return Optional.of(
          "spec.github.prLabels has more than "
              + MAX_LABELS
              + " labels, or one that is empty or longer than "
              + MAX_LABEL
              + " characters; shorten it");
    }
    return title.length() > MAX_TITLE
        ? Optional.of(
            "spec.github.prTitleTemplate is longer than " + MAX_TITLE + " characters; shorten it")
        : Optional.empty();
  }
}
