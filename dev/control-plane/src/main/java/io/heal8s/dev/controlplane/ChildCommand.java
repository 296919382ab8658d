// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to start as a {@link ChildProcess}.
 *
 * @param name for messages and the process list; never empty
 * @param line the program and its arguments
 * @param directory where it runs; must exist
 * @param environment added to this process's own environment, of which KUBECONFIG is dropped
 * @param log where output and errors are appended; its folder is made if absent
 * @param grace between TERM and KILL; whole seconds, at least one
 */
public record ChildCommand(
    String name,
    List<String> line,
    Path directory,
    Map<String, String> environment,
    Path log,
    Duration grace) {

  /** Copies what it is given. */
  public ChildCommand {
    line = List.copyOf(line);
    environment = Map.copyOf(environment);
    if (name.isBlank() || line.isEmpty()) {
      throw new IllegalArgumentException("a child needs a name and a program");
    }
  }

  /** A command with no further environment and five seconds of grace. */
  public static ChildCommand of(String name, List<String> line, Path directory, Path log) {
    return new ChildCommand(name, line, directory, Map.of(), log, Duration.ofSeconds(5));
  }

  /** The same command with one more environment variable. */
  public ChildCommand with(String variable, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(variable, value);
    return new ChildCommand(name, line, directory, more, log, grace);
  }

  /** The same command with another grace period between TERM and KILL. */
  public ChildCommand withGrace(Duration longer) {
    return new ChildCommand(name, line, directory, environment, log, longer);
  }

  /** Starts it. */
  public ChildProcess start() {
    return ChildProcess.start(this);
  }
}
