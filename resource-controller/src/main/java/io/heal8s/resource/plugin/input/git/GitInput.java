// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.git;

import io.heal8s.resource.plugin.InputPlugin;
import io.heal8s.resource.plugin.InputSink;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.PluginHealth;
import io.heal8s.resource.plugin.PluginInfo;
import io.heal8s.resource.plugin.input.document.Rounds;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Resources follow a directory of YAML in a git repository. Found by the ServiceLoader. */
public final class GitInput implements InputPlugin {

  private final Rounds rounds = new Rounds(GitSource.NAME);
  private @Nullable GitSource source;
  private InstantSource clock = Clock.systemUTC();

  /** Made by the ServiceLoader. */
  public GitInput() {}

  @Override
  public PluginInfo info() {
    return new PluginInfo(GitSource.NAME, "1.0.0", API_VERSION);
  }

  @Override
  public void open(PluginEnvironment environment) {
    clock = environment.time();
    Optional<GitSource> read = GitSource.read(environment.settings());
    source = read.orElse(null);
  }

  @Override
  public void start(InputSink sink) {
    if (source != null) {
      rounds.start(source.interval(), new GitRound(source, sink, clock));
    }
  }

  @Override
  public PluginHealth health() {
    return source == null
        ? new PluginHealth(true, "no repository is set in PLUGIN_CONFIGS")
        : rounds.health();
  }

  @Override
  public void close() {
    rounds.close();
  }
}
