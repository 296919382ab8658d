// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the manifest of a plan lives; everything the pr service needs to know of it.
 *
 * @param forge id of the forge: {@code git}, {@code github}
 * @param repository {@code owner/name} for forges with accounts, else a URL that git understands
 * @param baseBranch branch that pull requests go to
 * @param path file in the repository, all placeholders filled, checked
 * @param values where in that file the plan's paths are when it is not a manifest; null for
 *     manifests
 * @param reviewers who is asked to review
 * @param labels labels of the pull request
 * @param autoMerge whether the forge may merge by itself once its own rules allow; null means false
 * @param credentials name of mounted credentials of the pr service; null means its default
 * @param titleTemplate title with {@code {action}}, {@code {target}}, {@code {namespace}}, {@code
 *     {alert}}
 */
public record Repository(
    String forge,
    String repository,
    String baseBranch,
    String path,
    @Nullable List<ValueMapping> values,
    @Nullable List<String> reviewers,
    @Nullable List<String> labels,
    @Nullable Boolean autoMerge,
    @Nullable String credentials,
    @Nullable String titleTemplate) {

  public Repository {
    values = values == null ? List.of() : List.copyOf(values);
    reviewers = reviewers == null ? List.of() : List.copyOf(reviewers);
    labels = labels == null ? List.of() : List.copyOf(labels);
  }

  /** Mapped paths; empty when the file is a manifest. */
  @Override
  public List<ValueMapping> values() {
    return values == null ? List.of() : values;
  }

  /** Reviewers; empty when nobody is asked. */
  @Override
  public List<String> reviewers() {
    return reviewers == null ? List.of() : reviewers;
  }

  /** Labels; empty when there are none. */
  @Override
  public List<String> labels() {
    return labels == null ? List.of() : labels;
  }
}
