// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import io.heal8s.core.http.outbound.OutboundHttpClient;
import io.heal8s.core.http.outbound.OutboundSettings;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.discovery.PluginCatalog;
import io.heal8s.resource.plugin.discovery.PluginLoader;
import io.heal8s.resource.plugin.state.Workbench;
import io.heal8s.resource.secret.KubernetesStore;
import io.heal8s.resource.secret.SecretReferences;
import io.heal8s.resource.secret.VaultStore;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The plugins, and what they are given. */
@Configuration(proxyBeanMethods = false)
class PluginConfiguration {

  private static final Logger log = LoggerFactory.getLogger(PluginConfiguration.class);

  /** These act with rights of this process; who wants them names them. */
  private static final Set<String> OFF_UNLESS_NAMED = Set.of("kubernetes", "terraform", "opentofu");

  /** Variables that one plugin alone gets. */
  static final Map<String, List<String>> VARIABLES =
      Map.of(
          "github_actions",
          List.of(
              "GITHUB_TOKEN",
              "GITHUB_API_URL",
              "GITHUB_ACTIONS_TIMEOUT",
              "GITHUB_ACTIONS_LIMITS",
              "GITHUB_ACTIONS_POLL_INTERVAL",
              "GITHUB_APP_ID",
              "GITHUB_APP_INSTALLATION_ID",
              "GITHUB_APP_PRIVATE_KEY_FILE",
              "GITHUB_TOKEN_FILE"),
          "gitlab_pipelines",
          List.of(
              "GITLAB_URL",
              "GITLAB_TOKEN",
              "GITLAB_TOKEN_FILE",
              "GITLAB_PIPELINES_TIMEOUT",
              "GITLAB_PIPELINES_POLL_INTERVAL"));

  private static final List<String> OF_ALL =
      List.of("OUTBOUND_ALLOWED_CIDRS", "OUTBOUND_PLAIN_HTTP", "OUTBOUND_PORTS");

  @Bean(destroyMethod = "close")
  OutboundHttpClient outboundHttpClient(ResourceSettings settings) {
    ResourceSettings.Outbound outbound = settings.outbound();
    return new OutboundHttpClient(
        new OutboundSettings(
            outbound.plainHttp() ? Set.of("https", "http") : Set.of("https"),
            Set.copyOf(outbound.ports()),
            outbound.allowedCidrs(),
            null,
            null,
            null,
            null));
  }

  @Bean
  SecretReferences secretReferences(
      ResourceSettings settings, OutboundHttpClient client, Environment environment) {
    List<SecretReferences.Store> stores = new ArrayList<>();
    if (settings.vault() != null) {
      stores.add(new VaultStore(settings.vault(), client));
    }
    if (environment.getProperty("KUBERNETES_SERVICE_HOST") != null) {
      stores.add(new KubernetesStore());
    }
    return new SecretReferences(
        environment::getProperty,
        settings.plugins().secretVariables(),
        settings.plugins().secretFolders(),
        stores);
  }

  @Bean
  PluginCatalog pluginCatalog(
      ResourceSettings settings,
      SecretReferences secrets,
      Workbench bench,
      Environment environment,
      Clock clock) {
    ResourceSettings.Plugins plugins = settings.plugins();
    PluginCatalog catalog =
        new PluginLoader(
                name -> environment(name, settings, secrets, bench, environment, clock),
                name -> isWanted(name, plugins.actions()),
                name -> isWanted(name, plugins.inputs()))
            .load(plugins.directory());
    warn("ENABLED_ACTION_PLUGINS", plugins.actions(), catalog.actions().keySet());
    warn("ENABLED_INPUT_PLUGINS", plugins.inputs(), catalog.inputs().keySet());
    return catalog;
  }

  /** As before, a name that there is no plugin of does not stop the start. */
  private static void warn(String setting, List<String> named, Set<String> there) {
    named.stream()
        .filter(name -> !name.equals("all") && !there.contains(name))
        .forEach(
            name ->
                log.warn(
                    "{} names {}, which is not available; there are {}",
                    setting,
                    name,
                    String.join(", ", new TreeSet<>(there))));
  }

  private static boolean isWanted(String name, List<String> named) {
    return named.isEmpty() || named.contains("all")
        ? named.contains("all") || !OFF_UNLESS_NAMED.contains(name)
        : named.contains(name);
  }

  private static PluginEnvironment environment(
      String name,
      ResourceSettings settings,
      SecretReferences secrets,
      Workbench bench,
      Environment environment,
      Clock clock) {
    Map<String, String> values = new HashMap<>();
    for (String variable : VARIABLES.getOrDefault(name, OF_ALL)) {
      String value = environment.getProperty(variable);
      if (value != null) {
        values.put(variable, value);
      }
    }
    values.putAll(settings.plugins().configs().getOrDefault(name, Map.of()));
    Map<String, String> given = Map.copyOf(values);
    return new PluginEnvironment() {
      @Override
      public Map<String, String> settings() {
        return given;
      }

      @Override
      public Optional<String> secret(String reference) {
        return secrets.read(reference);
      }

      @Override
      public Optional<Workbench> workbench() {
        return Optional.of(bench);
      }

      @Override
      public InstantSource time() {
        return clock;
      }
    };
  }
}
