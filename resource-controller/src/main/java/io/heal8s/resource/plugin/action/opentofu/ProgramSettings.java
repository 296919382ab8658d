// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The operator's settings.
 *
 * @param binary the program; null where there is none on the search path
 * @param work where private directories of runs are made
 * @param modules directory of modules that types may name; null for none
 * @param timeout longest run
 * @param grace time to stop in, before it is killed
 * @param lease how long a run counts as alive after its process last said so
 * @param planLifetime how long a plan may wait before it is made anew
 * @param environment names of variables that are passed on, {@code NAME} or {@code PREFIX*}
 * @param resourceFiles whether resources may bring files of their own: whoever may create one can
 *     then run programs here
 * @param cliConfig configuration file of the program; null for none
 * @param maxRuns how many runs of this process change things at once; others wait
 * @param pluginCache where providers are kept between runs; null for nowhere
 */
record ProgramSettings(
    @Nullable Path binary,
    Path work,
    @Nullable Path modules,
    Duration timeout,
    Duration grace,
    Duration lease,
    Duration planLifetime,
    List<String> environment,
    boolean resourceFiles,
    @Nullable Path cliConfig,
    @Nullable Path pluginCache,
    int maxRuns) {

  private static final Set<String> KNOWN =
      Set.of(
          "binary",
          "modules",
          "work_directory",
          "environment",
          "cli_config_file",
          "plugin_cache",
          "timeout",
          "grace",
          "plan_lifetime",
          "lease",
          "max_runs",
          "resource_files");

  /**
   * Reads them.
   *
   * @param plugin name of the plugin, for messages
   * @param program file name of the program, looked for where none is named
   * @throws IllegalArgumentException with one line that names a wrong one
   */
  static ProgramSettings read(String plugin, String program, Map<String, String> settings) {
    Reader reader = new Reader(plugin, settings);
    reader.refuseUnknown();
    Path binary = reader.path("binary").orElse(null);
    if (binary != null && !Files.isExecutable(binary)) {
      throw reader.wrong("binary", binary.toString(), "a program that can be run");
    }
    Path modules = reader.path("modules").orElse(null);
    if (modules != null && !Files.isDirectory(modules)) {
      throw reader.wrong("modules", modules.toString(), "a directory");
    }
    Duration grace = reader.seconds("grace", 30, 1);
    Duration lease = reader.seconds("lease", 60, 3);
    if (grace.multipliedBy(6).compareTo(lease.multipliedBy(5)) >= 0) {
      // It may run for its grace after its process said for the last time that it lives.
      throw reader.wrong(
          "grace", Long.toString(grace.toSeconds()), "less than five sixths of lease");
    }
    return new ProgramSettings(
        binary != null ? binary : onSearchPath(program, System.getenv("PATH")).orElse(null),
        reader.path("work_directory").orElse(Path.of(System.getProperty("java.io.tmpdir"))),
        modules,
        reader.seconds("timeout", 3600, 1),
        grace,
        lease,
        reader.seconds("plan_lifetime", 86_400, 1),
        reader.list("environment"),
        reader.flag("resource_files"),
        reader.path("cli_config_file").orElse(null),
        reader.path("plugin_cache").orElse(null),
        reader.number("max_runs", 2 * Runtime.getRuntime().availableProcessors()));
  }

  static Optional<Path> onSearchPath(String program, @Nullable String searchPath) {
    if (searchPath == null) {
      return Optional.empty();
    }
    return Arrays.stream(searchPath.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Whether a variable of this process is passed on. */
  boolean passes(String name) {
    return environment.stream()
        .anyMatch(
            allowed ->
                allowed.endsWith("*")
                    ? name.startsWith(allowed.substring(0, allowed.length() - 1))
                    : name.equals(allowed));
  }

  private record Reader(String plugin, Map<String, String> settings) {

    Optional<Path> path(String name) {
      return Optional.ofNullable(settings.get(name))
          .filter(text -> !text.isBlank())
          .map(text -> Path.of(text.strip()).toAbsolutePath());
    }

    void refuseUnknown() {
      Set<String> unknown = new TreeSet<>(settings.keySet());
      unknown.removeAll(KNOWN);
      // Variables of the whole service are given to every plugin.
      unknown.removeIf(name -> name.matches("[A-Z0-9_]+"));
      if (!unknown.isEmpty()) {
        throw new IllegalArgumentException(
            "PLUGIN_CONFIGS: %s has no setting %s; there are %s"
                .formatted(
                    plugin, String.join(", ", unknown), String.join(", ", new TreeSet<>(KNOWN))));
      }
    }

    boolean flag(String name) {
      String text = settings.getOrDefault(name, "false").strip();
      if (!text.equals("true") && !text.equals("false")) {
        throw wrong(name, text, "true or false");
      }
      return text.equals("true");
    }

    int number(String name, int fallback) {
      String text = settings.getOrDefault(name, Integer.toString(fallback)).strip();
      if (!text.matches("\\d{1,4}") || Integer.parseInt(text) < 1) {
        throw wrong(name, text, "a whole number, at least 1");
      }
      return Integer.parseInt(text);
    }

    Duration seconds(String name, int fallback, int least) {
      String text = settings.getOrDefault(name, Integer.toString(fallback)).strip();
      if (!text.matches("\\d{1,8}") || Integer.parseInt(text) < least) {
        throw wrong(name, text, "a whole number of seconds, at least " + least);
      }
      return Duration.ofSeconds(Integer.parseInt(text));
    }

    List<String> list(String name) {
      return Arrays.stream(settings.getOrDefault(name, "").split(","))
          .map(String::strip)
          .filter(each -> !each.isEmpty())
          .toList();
    }

    IllegalArgumentException wrong(String name, String value, String expected) {
      return new IllegalArgumentException(
          "%s of the plugin %s is '%s': must be %s".formatted(name, plugin, value, expected));
    }
  }
}
