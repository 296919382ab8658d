// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.git;

import io.heal8s.pr.forge.ForgeContract;
import io.heal8s.pr.forge.ForgeWorld;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a repository of this machine. */
class GitForgeOverFileTest extends ForgeContract {

  @TempDir private @Nullable Path directory;

  @Override
  protected ForgeWorld world() {
    return new GitWorld(Objects.requireNonNull(directory));
  }
}
