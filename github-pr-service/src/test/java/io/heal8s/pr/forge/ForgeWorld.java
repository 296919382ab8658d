// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge;

import io.heal8s.core.api.k8shealer.remediation.Repository;

/** A place with a forge, and what its users do there by their own means. */
public interface ForgeWorld extends AutoCloseable {

  /** Path of the manifest that {@link #repository()} names. */
  String PATH = "apps/shop/api.yaml";

  /** Time of everything here. */
  ManualClock clock();

  /** The repository as a plan names it; its base holds {@link Samples#MANIFEST}. */
  Repository repository();

  /** The forge as one process of the service sees it. */
  Forge forge();

  /** The forge as another process sees it, which has nothing in memory or on disk. */
  Forge another();

  /** Somebody commits to the base. */
  void commit(String path, String content);

  /** What the base holds. */
  String base(String path);

  /** What a branch holds. */
  String branch(String branch, String path);

  /** Whether the branch exists. */
  boolean exists(String branch);

  /** How many branches and pull requests of ours there are in all, whatever became of them. */
  int made();

  /** Number of commits between the base and the branch. */
  int commits(String branch);

  /** A reviewer merges by a merge commit. */
  void merge(String branch);

  /** A reviewer squashes the branch into one new commit on the base. */
  void squash(String branch);

  /** A reviewer rebases the branch onto the base. */
  void rebase(String branch);

  /** A reviewer does not want it. */
  void close(String branch);

  /** Somebody pushes a commit on top of the branch. */
  void push(String branch, String path, String content);

  /** Somebody makes a branch of that name for something else. */
  void strangersBranch(String branch);

  /** The next write is done, but its answer does not arrive. */
  void loseNextReply();

  /** A poll interval passes. */
  default void later() {
    clock().advance(Life.POLL);
  }

  @Override
  void close();
}
