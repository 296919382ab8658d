// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.discovery;

import io.heal8s.resource.plugin.ActionPlugin;
import io.heal8s.resource.plugin.InputPlugin;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.PluginInfo;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds plugins on the class path and in a directory of jars, and opens those that are enabled. */
public final class PluginLoader {

  private static final Logger log = LoggerFactory.getLogger(PluginLoader.class);

  private final Function<String, PluginEnvironment> environments;
  private final Predicate<String> actions;
  private final Predicate<String> inputs;

  /**
   * Makes a loader.
   *
   * @param environments what a plugin of that name gets
   * @param actions which action plugins are wanted, by name
   * @param inputs which input plugins are wanted, by name
   */
  public PluginLoader(
      Function<String, PluginEnvironment> environments,
      Predicate<String> actions,
      Predicate<String> inputs) {
    this.environments = environments;
    this.actions = actions;
    this.inputs = inputs;
  }

  /**
   * Opens what is there.
   *
   * @param directory of jars; null for none
   * @throws IllegalArgumentException with one line that names a plugin that cannot be used
   */
  public PluginCatalog load(@Nullable Path directory) {
    List<ClassLoader> loaders = new ArrayList<>();
    loaders.add(PluginLoader.class.getClassLoader());
    if (directory != null) {
      loaders.addAll(jars(directory));
    }
    Map<String, ActionPlugin> foundActions =
        find(
            loaders,
            ActionPlugin.class,
            ActionPlugin::info,
            ActionPlugin.API_VERSION,
            actions,
            ActionPlugin::open);
    Map<String, InputPlugin> foundInputs =
        find(
            loaders,
            InputPlugin.class,
            InputPlugin::info,
            InputPlugin.API_VERSION,
            inputs,
            InputPlugin::open);
    log.info("plugins: actions {}, inputs {}", foundActions.keySet(), foundInputs.keySet());
    return new PluginCatalog(foundActions, foundInputs);
  }

  private <P> Map<String, P> find(
      List<ClassLoader> loaders,
      Class<P> type,
      Function<P, PluginInfo> identify,
      int apiVersion,
      Predicate<String> wanted,
      BiConsumer<P, PluginEnvironment> open) {
    Map<String, P> plugins = new TreeMap<>();
    for (ClassLoader loader : loaders) {
      ServiceLoader.load(type, loader).stream()
          // A jar's loader also finds what is on the class path; that was found before.
          .filter(found -> found.type().getClassLoader() == loader || loader == loaders.getFirst())
          .map(ServiceLoader.Provider::get)
          .filter(plugin -> wanted.test(identify.apply(plugin).name()))
          .forEach(plugin -> add(plugins, plugin, identify.apply(plugin), apiVersion));
    }
    plugins.forEach((name, plugin) -> open.accept(plugin, environments.apply(name)));
    return plugins;
  }

  private static <P> void add(Map<String, P> plugins, P plugin, PluginInfo info, int apiVersion) {
    if (info.apiVersion() != apiVersion) {
      throw new IllegalArgumentException(
          "plugin %s of %s is made for version %d of the interface, this service has version %d"
              .formatted(info.name(), source(plugin), info.apiVersion(), apiVersion));
    }
    P other = plugins.putIfAbsent(info.name(), plugin);
    if (other != null) {
      throw new IllegalArgumentException(
          "two plugins have the name %s: in %s and in %s"
              .formatted(info.name(), source(other), source(plugin)));
    }
  }

  private static String source(Object plugin) {
    var domain = plugin.getClass().getProtectionDomain().getCodeSource();
    return domain == null ? plugin.getClass().getName() : domain.getLocation().toString();
  }

  private static List<ClassLoader> jars(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted()
          .<ClassLoader>map(
              jar -> new URLClassLoader(new URL[] {url(jar)}, PluginLoader.class.getClassLoader()))
          .toList();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "PLUGIN_DIRECTORY %s cannot be read: %s".formatted(directory, e.getMessage()), e);
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("the jar " + jar + " has no address", e);
    }
  }
}
