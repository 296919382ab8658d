// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.repository;

import io.heal8s.core.api.heal8s.remediationpolicy.RepositoryRule;
import io.heal8s.core.api.k8shealer.remediation.GitHub;
import io.heal8s.core.decide.ForeignText;
import io.heal8s.operator.plan.Workload;
import io.heal8s.operator.target.LiveObject;
import java.util.regex.Pattern;

/** Messages about repositories, with the lines to add to a policy. */
final class RepositoryAdvice {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./-]*");

  private RepositoryAdvice() {}

  static String noRule(LiveObject target) {
    return "no repository of the policy is for "
        + Workload.show(target)
        + "; add these lines to the RemediationPolicy named default of namespace "
        + target.namespace()
        + " (and to the cluster policy, if that one lists repositories):\n"
        + lines("github", "OWNER/NAME", "main", "apps/{namespace}/{name}.yaml", target);
  }

  static String notAllowed(LiveObject target, GitHub github) {
    String branch = github.baseBranch() == null ? "main" : github.baseBranch();
    return "spec.github names "
        + ForeignText.line(github.owner() + "/" + github.repo())
        + ", which no policy allows for "
        + Workload.show(target)
        + "; if it is right, add these lines to the RemediationPolicy named default of namespace "
        + target.namespace()
        + " (and to the cluster policy, if that one lists repositories):\n"
        + lines(
            "github", github.owner() + "/" + github.repo(), branch, github.manifestPath(), target);
  }

  static String pathOutside(RepositoryRule rule, String path, String glob) {
    return "the path '"
        + ForeignText.line(path)
        + "' in "
        + ForeignText.line(rule.repository())
        + " does not match spec.repositories[].pathGlob '"
        + ForeignText.line(glob)
        + "' of the policy; correct the path or the glob";
  }

  static String outsideLimits(RepositoryRule rule, String baseBranch, String path) {
    return "the cluster policy allows neither the path '"
        + ForeignText.line(path)
        + "' on branch '"
        + ForeignText.line(baseBranch)
        + "' of "
        + ForeignText.line(rule.repository())
        + "; correct spec.repositories[] of the namespace's policy, or of the cluster policy";
  }

  private static String lines(
      String forge, String repository, String baseBranch, String path, LiveObject target) {
    return "spec:\n  repositories:\n    - forge: "
        + forge
        + "\n      repository: "
        + scalar(repository)
        + "\n      baseBranch: "
        + scalar(baseBranch)
        + "\n      path: "
        + scalar(path)
        + "\n      namespaces: ["
        + scalar(target.namespace())
        + "]";
  }

  /** Text from outside becomes one quoted scalar, so that it can add no line of its own. */
  private static String scalar(String text) {
    String line = ForeignText.line(text);
    return PLAIN.matcher(line).matches()
        ? line
        : '"' + line.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
