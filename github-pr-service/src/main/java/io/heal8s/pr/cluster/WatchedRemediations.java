// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.cluster;

import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.core.observe.Watched;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What is cached of Remediations, and under what they are found. */
public final class WatchedRemediations {

  /** Index by the branches of both pull requests. */
  public static final String BRANCH = "branch";

  private WatchedRemediations() {}

  /** All Remediations. */
  public static Watched<Remediation> watched() {
    return Watched.required(ServedKinds.REMEDIATIONS)
        .indexedBy(BRANCH, WatchedRemediations::branches);
  }

  private static List<String> branches(Remediation remediation) {
    RemediationStatus status = remediation.statusOrEmpty();
    return Stream.of(status.pullRequest(), status.revertPullRequest())
        .filter(Objects::nonNull)
        .map(PullRequest::branch)
        .filter(Objects::nonNull)
        .toList();
  }
}
