// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.dev.suite.ManifestSource;
import java.util.List;

/** Where the shop's manifest lies in this demo, and what a reviewer does there by own means. */
interface DemoForge extends ManifestSource, AutoCloseable {

  /** The manifest's path. */
  String file();

  /** The rule under {@code repositories} of the policy, one entry of a YAML list. */
  String rule();

  /** What github-pr-service must be told. */
  List<String> serviceArguments();

  /** Unified diff of a pull request. */
  String diff(PullRequest pullRequest);

  /** What it says. */
  String text(PullRequest pullRequest);

  /** Merges it as a reviewer does, and deletes its branch. */
  void merge(PullRequest pullRequest) throws InterruptedException;

  @Override
  void close();
}
