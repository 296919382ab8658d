// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.kubernetes;

import com.google.gson.JsonObject;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.ResourceType;
import io.heal8s.resource.plugin.input.document.InputSettings;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which kinds of which namespace are read, and how often.
 *
 * @param namespace whose objects are resources of the same names
 * @param types types of resources
 * @param interval between two looks
 * @param settings for the connection
 */
record CustomKinds(String namespace, List<Type> types, Duration interval, InputSettings settings) {

  static final String NAME = "kubernetes";
  static final String GROUP = "resources.heal8s.io";
  private static final Path POD_TOKEN =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final Set<String> KNOWN = Set.of("kubeconfig", "namespace", "types", "interval");

  /**
   * A type of resources, whose kind has the same name.
   *
   * @param name of the type and the kind
   * @param version of both
   */
  record Type(String name, String version) {

    /** The kind as the API server has it. */
    ResourceType<JsonObject> kind() {
      return ResourceType.untyped(GROUP, version, name, name.toLowerCase(Locale.ROOT) + "s", true);
    }
  }

  /**
   * Reads the settings.
   *
   * @return empty when no types are named
   * @throws IllegalArgumentException with one line that names a wrong one
   */
  static Optional<CustomKinds> read(Map<String, String> given) {
    InputSettings settings = new InputSettings(NAME, given, KNOWN);
    Optional<String> types = settings.text("types");
    if (types.isEmpty()) {
      return Optional.empty();
    }
    String namespace = settings.text("namespace", "");
    if (!namespace.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
      throw settings.wrong("namespace", namespace, "the name of a namespace");
    }
    return Optional.of(
        new CustomKinds(
            namespace,
            types(settings, types.get()),
            settings.seconds("interval", Duration.ofSeconds(5)),
            settings));
  }

  private static List<Type> types(InputSettings settings, String text) {
    List<Type> types = new ArrayList<>();
    for (String each : Arrays.stream(text.split(",")).map(String::strip).toList()) {
      if (!each.matches("[A-Z][A-Za-z0-9]{0,61}/v[1-9][0-9]*((alpha|beta)[1-9][0-9]*)?")) {
        throw settings.wrong("types", each, "types such as DatabaseCluster/v1, with commas");
      }
      types.add(new Type(each.replaceFirst("/.*", ""), each.replaceFirst(".*/", "")));
    }
    return types;
  }

  /** The source as it is kept with every resource. */
  String source(KubernetesApi api) {
    return api.server() + " " + namespace;
  }

  /**
   * The connection; contacts nobody.
   *
   * @throws IllegalArgumentException with one line that says what to change
   */
  KubernetesApi connect() {
    Optional<String> kubeconfig = settings.text("kubeconfig");
    try {
      if (kubeconfig.isPresent()) {
        return new KubernetesApi(fromFile(Path.of(kubeconfig.get())), TIMEOUT);
      }
      if (Files.exists(POD_TOKEN)) {
        return new KubernetesApi(ClientBuilder.cluster().build(), TIMEOUT);
      }
    } catch (IOException e) {
      throw settings.wrong("kubeconfig", kubeconfig.orElse(""), "a kubeconfig that can be read");
    }
    throw settings.wrong("kubeconfig", "", "set, because this is not a pod with an account");
  }

  private static ApiClient fromFile(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      KubeConfig config = KubeConfig.loadKubeConfig(reader);
      config.setFile(file.toFile());
      return ClientBuilder.kubeconfig(config).build();
    } catch (RuntimeException notAKubeconfig) {
      // The parser throws whatever its YAML library throws.
      throw new IOException(file + " is not a kubeconfig", notAKubeconfig);
    }
  }
}
