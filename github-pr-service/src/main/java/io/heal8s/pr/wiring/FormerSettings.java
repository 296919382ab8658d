// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.wiring;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes the settings of the first release's github-app, whose work this service does: its flags,
 * its configuration file, its environment variables. The file wins over the environment, as it did;
 * an argument in today's words wins over both.
 */
final class FormerSettings {

  /** What {@code --help} says. */
  static final String HELP =
      """
      github-pr-service: opens pull requests for planned Remediations and says what became of them.

        --config FILE      settings file of the first release:
                             github: {appID, installationID, privateKeyPath}
                             kubernetes: {kubeconfig, namespace}
                             processor: {pollInterval, batchSize}
        --env              demand GITHUB_APP_ID and GITHUB_INSTALLATION_ID in the environment
        --kubeconfig FILE  where the cluster is
        --NAME=VALUE       any setting, e.g. --heal8s.pr.poll-interval=30s
        --help             this text

      Environment: GITHUB_APP_ID, GITHUB_INSTALLATION_ID, GITHUB_PRIVATE_KEY_PATH, KUBECONFIG, K8S_NAMESPACE
      (empty: all namespaces), POLL_INTERVAL; BATCH_SIZE is accepted and ignored.
      All settings: docs/spec/github-pr-service.md
      """;

  private final Map<String, String> environment;

  /** Settings of a process with that environment. */
  FormerSettings(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Whether somebody only asks what there is. */
  static boolean asksForHelp(String... arguments) {
    return List.of(arguments).stream()
        .anyMatch(a -> a.equals("--help") || a.equals("-help") || a.equals("-h"));
  }

  /**
   * The same settings as arguments in today's words.
   *
   * @throws IllegalArgumentException if one has a value that cannot be; the message names it
   */
  String[] translate(String... arguments) {
    Flags flags = Flags.of(arguments);
    FormerValues values = new FormerValues(environment.getOrDefault("HOME", ""));
    FormerValues.Words words;
    Map<String, String> given = new LinkedHashMap<>();
    if (flags.config() == null) {
      words = FormerValues.ENVIRONMENT;
      for (String name : words.all()) {
        String value = environment.get(name);
        if (value != null && !value.isBlank()) {
          given.put(name, value);
        }
      }
      if (flags.demandsEnvironment()) {
        demand(words.appId(), given);
        demand(words.installationId(), given);
      }
    } else {
      words = FormerValues.FILE;
      given.putAll(FormerFile.read(values.path(flags.config()), words));
    }
    if (flags.kubeconfig() != null) {
      given.put(words.kubeconfig(), flags.kubeconfig());
    }
    List<String> translated = new ArrayList<>(flags.rest());
    values
        .translate(words, given)
        .forEach(
            (setting, value) -> {
              String option = "--" + setting + "=";
              if (flags.rest().stream().noneMatch(argument -> argument.startsWith(option))) {
                translated.add(option + value);
              }
            });
    return translated.toArray(String[]::new);
  }

  private static void demand(String name, Map<String, String> given) {
    if (!given.containsKey(name)) {
      throw new IllegalArgumentException("--env needs " + name + " to be set");
    }
  }

  /** The flags of the first release, as Go's take them, and all else. */
  private record Flags(
      @Nullable String config,
      boolean demandsEnvironment,
      @Nullable String kubeconfig,
      List<String> rest) {

    static Flags of(String... arguments) {
      String config = null;
      String kubeconfig = null;
      boolean environment = false;
      List<String> rest = new ArrayList<>();
      Iterator<String> left = List.of(arguments).iterator();
      while (left.hasNext()) {
        String argument = left.next();
        String flag = argument.startsWith("-") ? argument.replaceFirst("^--?", "") : "";
        int equals = flag.indexOf('=');
        String name = equals < 0 ? flag : flag.substring(0, equals);
        String value = equals < 0 ? null : flag.substring(equals + 1);
        switch (name) {
          case "config" -> config = valueOf(name, value, left);
          case "kubeconfig" -> kubeconfig = valueOf(name, value, left);
          case "env" -> environment = isTrue(value);
          default -> rest.add(argument);
        }
      }
      return new Flags(config, environment, kubeconfig, List.copyOf(rest));
    }

    private static String valueOf(String name, @Nullable String value, Iterator<String> left) {
      if (value != null && !value.isEmpty()) {
        return value;
      }
      if (value != null || !left.hasNext()) {
        throw new IllegalArgumentException("--" + name + " needs the name of a file");
      }
      return left.next();
    }

    private static boolean isTrue(@Nullable String value) {
      return switch (value) {
        case null -> true;
        case "true", "1" -> true;
        case "false", "0" -> false;
        default ->
            throw new IllegalArgumentException("--env is '" + value + "': write true or false");
      };
    }
  }
}
