// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.wiring;

import io.heal8s.core.boot.FormerFlags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

    private static final String CONFIG = "--former-config=";
    private static final String ENV = "--former-env=";
    private static final String KUBECONFIG = "--former-kubeconfig=";
    private static final FormerFlags FORMER =
        FormerFlags.none()
            .text("config", "former-config")
            .toggle("env", "former-env")
            .text("kubeconfig", "former-kubeconfig");

    static Flags of(String... arguments) {
      List<String> all = List.of(FORMER.translate(arguments));
      return new Flags(
          last(all, CONFIG),
          "true".equals(last(all, ENV)),
          last(all, KUBECONFIG),
          all.stream()
              .filter(a -> Stream.of(CONFIG, ENV, KUBECONFIG).noneMatch(a::startsWith))
              .toList());
    }

    private static @Nullable String last(List<String> all, String prefix) {
      return all.stream()
          .filter(argument -> argument.startsWith(prefix))
          .reduce((_, later) -> later)
          .map(argument -> argument.substring(prefix.length()))
          .orElse(null);
    }
  }
}
