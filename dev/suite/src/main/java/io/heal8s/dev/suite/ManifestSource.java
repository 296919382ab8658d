// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.suite;

import org.jspecify.annotations.Nullable;

/** A branch with manifests as an agent reads it. */
public interface ManifestSource {

  /** Name of the branch. */
  String branch();

  /** Commit that it points to; null when there is no such branch. */
  @Nullable String head();

  /** A file at a commit. */
  String content(String commit, String file);
}
