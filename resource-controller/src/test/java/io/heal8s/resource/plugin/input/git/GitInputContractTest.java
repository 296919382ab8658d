// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.git;

import io.heal8s.resource.plugin.InputPlugin;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.contract.InputPluginContract;
import io.heal8s.resource.testing.GitServer;
import io.heal8s.resource.testing.GivenEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class GitInputContractTest extends InputPluginContract {

  @TempDir private Path directory;
  private GitServer server;

  @BeforeEach
  void start() throws Exception {
    server = new GitServer(directory);
    server.file("README.md", "# all").commit();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Override
  protected InputPlugin plugin() {
    return new GitInput();
  }

  @Override
  protected PluginEnvironment environment() {
    return GivenEnvironment.of(Map.of("repository", server.address(), "interval", "0.1"));
  }

  @Override
  protected void want(String name, int size) {
    commit(
        name,
        """
        name: %s
        resource_type_name: Database
        resource_type_version: v1
        action_plugin: instant
        spec: {size: %d}
        """
            .formatted(name, size));
  }

  @Override
  protected void babble() {
    commit("bad", "{{{");
  }

  @Override
  protected boolean unwant(String name) {
    commit(name, null);
    return true;
  }

  private void commit(String name, @Nullable String text) {
    try {
      server.file(name + ".yaml", text).commit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GitAPIException e) {
      throw new IllegalStateException(e);
    }
  }
}
