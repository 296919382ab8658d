// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.state.Credential;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The program in one workspace. Nothing secret is on its command line; of this process's
 * environment it sees only what is allowed. All its calls together have the timeout, from the
 * first.
 */
final class Program {

  private final Path binary;
  private final ProgramSettings settings;
  private final Workspace workspace;
  private final Map<String, String> environment;
  private final long deadline;
  private final AtomicReference<@Nullable Child> current = new AtomicReference<>();
  private volatile @Nullable String whyStopped;

  Program(
      Path binary, ProgramSettings settings, Workspace workspace, Map<String, String> environment) {
    this.binary = binary;
    this.settings = settings;
    this.workspace = workspace;
    this.environment = environment;
    this.deadline = System.nanoTime() + settings.timeout().toNanos();
  }

  /** What the program sees of the world around it. */
  static Map<String, String> environment(
      ProgramSettings settings,
      Workspace workspace,
      ActionRequest request,
      URI address,
      Credential credential) {
    Map<String, String> environment = new TreeMap<>();
    System.getenv()
        .forEach(
            (name, value) -> {
              if (settings.passes(name)) {
                environment.put(name, value);
              }
            });
    environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    environment.put("HOME", workspace.home().toString());
    environment.put("TMPDIR", workspace.temporary().toString());
    environment.put("LANG", "C.UTF-8");
    environment.put("TF_IN_AUTOMATION", "1");
    environment.put("TF_INPUT", "0");
    environment.put("CHECKPOINT_DISABLE", "1");
    environment.put("TF_VAR_heal8s_name", request.resourceName());
    environment.put("TF_VAR_heal8s_type", request.typeName());
    environment.put("TF_HTTP_ADDRESS", address.toString());
    environment.put("TF_HTTP_LOCK_ADDRESS", address.toString());
    environment.put("TF_HTTP_UNLOCK_ADDRESS", address.toString());
    environment.put("TF_HTTP_USERNAME", credential.name());
    environment.put("TF_HTTP_PASSWORD", credential.password());
    // Longer than a restart of the database takes.
    environment.put("TF_HTTP_RETRY_MAX", "8");
    environment.put("TF_HTTP_RETRY_WAIT_MIN", "1");
    environment.put("TF_HTTP_RETRY_WAIT_MAX", "8");
    if (settings.cliConfig() != null) {
      environment.put("TF_CLI_CONFIG_FILE", settings.cliConfig().toString());
    }
    if (settings.pluginCache() != null) {
      environment.put("TF_PLUGIN_CACHE_DIR", settings.pluginCache().toString());
    }
    return environment;
  }

  /**
   * Runs it with these arguments to its end, or until it takes too long; an interrupt stops it.
   *
   * @return how it exited; -1 when it was stopped before
   */
  int run(Consumer<String> lines, String... arguments) {
    return whyStopped == null ? child(lines, false, arguments) : -1;
  }

  /** The same, though it was asked to stop: what is left to do after that. */
  int runAnyway(Consumer<String> lines, String... arguments) {
    return child(lines, true, arguments);
  }

  private int child(Consumer<String> lines, boolean anyway, String... arguments) {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(List.of(arguments));
    long end = anyway ? System.nanoTime() + settings.timeout().toNanos() : deadline;
    try (Child child =
        Child.start(command, workspace.code(), workspace.output(), environment, settings.grace())) {
      current.set(child);
      if (whyStopped != null && !anyway) {
        // It was asked to stop while this one was being started.
        child.stop();
      }
      int exit = exit(child, end);
      child.said(lines);
      return exit;
    } finally {
      current.set(null);
    }
  }

  private int exit(Child child, long end) {
    try {
      while (!child.hasEnded(Duration.ofMillis(500))) {
        if (System.nanoTime() - end > 0) {
          stop("timed out after %ds".formatted(settings.timeout().toSeconds()));
          child.stop();
        }
        if (child.saysTooMuch()) {
          stop("it said more than is kept");
          child.stop();
        }
        if (child.isStoppedFor(settings.grace())) {
          child.kill();
        }
      }
      return child.exitValue();
    } catch (InterruptedException e) {
      child.stopAndKill(settings.grace());
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  /** Asks what runs to stop, and lets nothing begin any more; after its grace it is killed. */
  void stop(String why) {
    if (whyStopped == null) {
      whyStopped = why;
      Child child = current.get();
      if (child != null) {
        child.stop();
      }
    }
  }

  /** Ends what runs. */
  void kill(String why) {
    whyStopped = why;
    Child child = current.get();
    if (child != null) {
      child.kill();
    }
  }

  /** Why it was asked to stop; null when it was not. */
  @Nullable String whyStopped() {
    return whyStopped;
  }

  /** What went wrong, in its own words, and why it was stopped. */
  String trouble(Said said) {
    String why = whyStopped;
    String words = said.trouble();
    return why == null ? words : words.isBlank() ? why : why + ": " + words;
  }
}
