// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.github;

import io.heal8s.dev.github.Edition;
import io.heal8s.pr.forge.ForgeContract;
import io.heal8s.pr.forge.ForgeWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract at the address form of an Enterprise Server, by that server's own description. */
class GithubForgeOnEnterpriseTest extends ForgeContract {

  @TempDir private Path directory;

  @Override
  protected ForgeWorld world() {
    return new GithubWorld(directory, Edition.ENTERPRISE);
  }
}
