// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.wiring;

import io.heal8s.core.decide.DurationText;
import io.heal8s.core.decide.naming.KubernetesName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the settings of the first release mean today.
 *
 * @param home what {@code ~} stands for
 */
record FormerValues(String home) {

  /** How the first release called its settings, in its file or in the environment. */
  record Words(
      String appId,
      String installationId,
      String privateKeyPath,
      String kubeconfig,
      String namespace,
      String pollInterval,
      String batchSize) {

    List<String> all() {
      return List.of(
          appId, installationId, privateKeyPath, kubeconfig, namespace, pollInterval, batchSize);
    }
  }

  static final Words FILE =
      new Words(
          "github.appID",
          "github.installationID",
          "github.privateKeyPath",
          "kubernetes.kubeconfig",
          "kubernetes.namespace",
          "processor.pollInterval",
          "processor.batchSize");

  static final Words ENVIRONMENT =
      new Words(
          "GITHUB_APP_ID",
          "GITHUB_INSTALLATION_ID",
          "GITHUB_PRIVATE_KEY_PATH",
          "KUBECONFIG",
          "K8S_NAMESPACE",
          "POLL_INTERVAL",
          "BATCH_SIZE");

  private static final String DEFAULT_KEY = "/secrets/github-app.pem";
  private static final Duration SHORTEST = Duration.ofMillis(100);

  /**
   * Today's settings and their values.
   *
   * @throws IllegalArgumentException with a line that names the setting as it was given
   */
  Map<String, String> translate(Words words, Map<String, String> given) {
    Map<String, String> today = new LinkedHashMap<>();
    github(words, given, today);
    String kubeconfig = given.get(words.kubeconfig());
    if (kubeconfig != null) {
      today.put("heal8s.kubernetes.kubeconfig", path(kubeconfig).toString());
    }
    String namespaces = given.get(words.namespace());
    if (namespaces != null) {
      today.put("heal8s.pr.namespaces", namespaces(words.namespace(), namespaces));
    }
    String interval = given.get(words.pollInterval());
    if (interval != null) {
      today.put("heal8s.pr.poll-interval", interval(words.pollInterval(), interval));
    }
    String batch = given.get(words.batchSize());
    if (batch != null) {
      today.put("heal8s.pr.former-batch-size", Long.toString(positive(words.batchSize(), batch)));
    }
    return today;
  }

  private void github(Words words, Map<String, String> given, Map<String, String> today) {
    String app = given.get(words.appId());
    String installation = given.get(words.installationId());
    String key = given.get(words.privateKeyPath());
    if (app == null && installation == null && key == null) {
      return;
    }
    if (app == null) {
      throw new IllegalArgumentException(
          words.appId() + " is missing: installation and private key belong to a GitHub App");
    }
    Path file = path(key == null ? DEFAULT_KEY : key);
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(
          words.privateKeyPath() + ": there is no file " + file + " that can be read");
    }
    today.put("heal8s.pr.github.app-id", Long.toString(positive(words.appId(), app)));
    if (installation != null) {
      today.put(
          "heal8s.pr.github.installation-id",
          Long.toString(positive(words.installationId(), installation)));
    }
    today.put("heal8s.pr.github.private-key-file", file.toString());
  }

  private static String namespaces(String name, String value) {
    List<String> namespaces = List.of(value.strip().split("\\s*,\\s*"));
    if (!namespaces.stream().allMatch(KubernetesName::isLabel)) {
      throw new IllegalArgumentException(
          name + " is '" + value + "': write a namespace, or nothing for all of them");
    }
    return String.join(",", namespaces);
  }

  private static String interval(String name, String value) {
    Duration interval = DurationText.parse(value).orElse(null);
    if (interval == null || interval.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          name + " is '" + value + "': write a duration of at least 100ms such as 10s");
    }
    return interval.toString();
  }

  private static long positive(String name, String value) {
    Long number = number(value.strip());
    if (number == null || number < 1) {
      throw new IllegalArgumentException(name + " is '" + value + "': write a whole number from 1");
    }
    return number;
  }

  private static @Nullable Long number(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** A path whose {@code ~} is the home folder. */
  Path path(String text) {
    boolean inHome = text.equals("~") || text.startsWith("~/");
    return Path.of(inHome ? home + text.substring(1) : text);
  }
}
