// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.repository;

import io.heal8s.core.api.heal8s.remediationpolicy.RepositoryRule;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.GitHub;
import io.heal8s.core.api.k8shealer.remediation.Repository;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.decide.ForeignText;
import io.heal8s.core.decide.Verdict;
import io.heal8s.core.decide.policy.Glob;
import io.heal8s.operator.plan.PlanReason;
import io.heal8s.operator.plan.PlanRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where the manifest of a plan lives, or why nobody may say so. */
public sealed interface RepositoryChoice {

  /** A repository that the policy allows, its path filled and checked. */
  record Chosen(Repository repository) implements RepositoryChoice {}

  /** None, with the lines to add. */
  record NotChosen(Verdict verdict) implements RepositoryChoice {}

  /**
   * Chooses for a plan through git.
   *
   * @param changes changes of the plan, all of one object; where a path template has {@code
   *     {kind}}, kind and name are those of that object, else the target's
   */
  static RepositoryChoice choose(PlanRequest request, List<Change> changes) {
    GitHub github = request.remediation().spec().github();
    List<RuleMatch> matches =
        request.policy().repositories().stream()
            .map(allowed -> RuleMatch.of(allowed, request.live()))
            .flatMap(Optional::stream)
            .toList();
    if (github == null) {
      return matches.isEmpty()
          ? notChosen(PlanReason.NoRepository, RepositoryAdvice.noRule(request.live()))
          : fromRule(request, changes, matches.getFirst());
    }
    if (Boolean.FALSE.equals(github.enabled())) {
      return notChosen(
          PlanReason.NoRepository,
          "spec.github.enabled is false, so no pull request may be opened; remove spec.github to"
              + " use the policy's repository, or set spec.strategy.mode: Direct");
    }
    String wanted = github.owner() + "/" + github.repo();
    return matches.stream()
        .filter(match -> match.rule().forge().equals("github"))
        .filter(match -> match.rule().repository().equalsIgnoreCase(wanted))
        .findFirst()
        .map(match -> fromGitHub(request, changes, match, github))
        .orElseGet(
            () ->
                notChosen(
                    PlanReason.RepositoryNotAllowed,
                    RepositoryAdvice.notAllowed(request.live(), github)));
  }

  private static RepositoryChoice fromRule(
      PlanRequest request, List<Change> changes, RuleMatch match) {
    return finish(request, changes, match, match.rule().path(), Wishes.of(match.rule()));
  }

  private static RepositoryChoice fromGitHub(
      PlanRequest request, List<Change> changes, RuleMatch match, GitHub github) {
    String branch =
        github.baseBranch() == null || github.baseBranch().isEmpty()
            ? match.baseBranch()
            : github.baseBranch();
    if (!branch.equals(match.baseBranch())) {
      return notChosen(
          PlanReason.RepositoryNotAllowed,
          "spec.github.baseBranch is '"
              + ForeignText.line(branch)
              + "', but the policy allows '"
              + match.baseBranch()
              + "' of "
              + ForeignText.line(match.rule().repository())
              + "; write that, or change spec.repositories[].baseBranch of the policy");
    }
    return Wishes.problem(github)
        .map(problem -> notChosen(PlanReason.RepositoryNotAllowed, problem))
        .orElseGet(
            () ->
                finish(
                    request,
                    changes,
                    match,
                    github.manifestPath(),
                    Wishes.of(match.rule(), github)));
  }

  private static RepositoryChoice finish(
      PlanRequest request, List<Change> changes, RuleMatch match, String template, Wishes wishes) {
    Optional<String> branch = BranchName.problem(match.baseBranch());
    if (branch.isPresent()) {
      return notChosen(
          PlanReason.RepositoryNotAllowed,
          "spec.repositories[].baseBranch '"
              + ForeignText.line(match.baseBranch())
              + "' of the policy "
              + branch.get()
              + "; write the name of a branch");
    }
    return switch (ManifestPath.fill(template, values(request, changes, template), HINTS)) {
      case ManifestPath.Unusable(String problem) ->
          notChosen(PlanReason.RepositoryNotAllowed, problem);
      case ManifestPath.Filled(String path) -> allowed(match, path, wishes);
    };
  }

  private static RepositoryChoice allowed(RuleMatch match, String path, Wishes wishes) {
    RepositoryRule rule = match.rule();
    if (rule.pathGlob() != null && !Glob.matches(rule.pathGlob(), path)) {
      return notChosen(
          PlanReason.RepositoryNotAllowed,
          RepositoryAdvice.pathOutside(rule, path, rule.pathGlob()));
    }
    if (!match.limited()) {
      return new Chosen(wishes.repository(rule, match.baseBranch(), path, null));
    }
    return match
        .limitFor(path)
        .<RepositoryChoice>map(
            limit -> new Chosen(wishes.repository(rule, match.baseBranch(), path, limit)))
        .orElseGet(
            () ->
                notChosen(
                    PlanReason.RepositoryNotAllowed,
                    RepositoryAdvice.outsideLimits(rule, match.baseBranch(), path)));
  }

  /** What to do when a placeholder is empty. */
  Map<String, String> HINTS =
      Map.of(
          "environment",
          "set spec.strategy.environment (alerts bring it as their label environment)",
          "container",
          "set spec.target.container");

  private static Map<String, String> values(
      PlanRequest request, List<Change> changes, String template) {
    ResolvedTarget target = request.target();
    Change change = changes.getFirst();
    // A template with {kind} has one file for each object; one without has a file for each app.
    boolean ofObject = template.contains("{kind}");
    String kind = ofObject && change.kind() != null ? change.kind() : target.kind();
    String name = ofObject && change.name() != null ? change.name() : target.name();
    String environment = request.remediation().spec().strategy().environment();
    return Map.of(
        "environment",
        environment == null ? "" : environment,
        "namespace",
        target.namespace(),
        "name",
        name,
        "kind",
        kind.toLowerCase(Locale.ROOT),
        "container",
        target.container() == null ? "" : target.container());
  }

  private static RepositoryChoice notChosen(PlanReason reason, String message) {
    return new NotChosen(new Verdict(reason, message));
  }
}
