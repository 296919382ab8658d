// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Refuses a start with a setting that nobody reads: a name with a slip of the pen would otherwise
 * quietly be the default. Names of Spring's own settings are not known here and pass.
 */
final class SettingNames implements BeanFactoryPostProcessor {

  private static final String ROOT = "heal8s";
  private static final Set<String> OPTIONS_OF_SPRING = Set.of("debug", "trace");

  /** What Kubernetes puts into a pod's environment for a Service of that name. */
  private static final Set<String> LINKS = Set.of("service", "port");

  private final ConfigurableEnvironment environment;

  SettingNames(ConfigurableEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    Map<ConfigurationPropertyName, Class<?>> known = new TreeMap<>();
    for (String bean : beans.getBeanNamesForAnnotation(ConfigurationProperties.class)) {
      know(beans.getType(bean, false), known);
    }
    for (String bean : beans.getBeanNamesForType(OptionalSettings.class, true, false)) {
      know(beans.getBean(bean, OptionalSettings.class).type(), known);
    }
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource names) {
        Object origin = source.getUnderlyingSource();
        checkOptions(origin);
        boolean ofProcess = isOfProcess(origin);
        names.stream()
            .filter(ConfigurationPropertyName.of(ROOT)::isAncestorOf)
            .map(name -> problem(name, known, ofProcess))
            .flatMap(Optional::stream)
            .findFirst()
            .ifPresent(
                problem -> {
                  throw new IllegalArgumentException(problem);
                });
      }
    }
  }

  private static void know(
      @Nullable Class<?> type, Map<ConfigurationPropertyName, Class<?>> known) {
    ConfigurationProperties settings =
        type == null ? null : type.getAnnotation(ConfigurationProperties.class);
    if (type != null && settings != null && settings.value().startsWith(ROOT + ".")) {
      known.put(ConfigurationPropertyName.of(settings.value()), type);
    }
  }

  /** Options without a dot are those of a first release, which were translated before. */
  private static void checkOptions(@Nullable Object origin) {
    if (origin instanceof CommandLinePropertySource<?> line) {
      for (String option : line.getPropertyNames()) {
        if (!isSetting(option)) {
          refuse("--" + option);
        }
      }
      String others =
          line.getProperty(CommandLinePropertySource.DEFAULT_NON_OPTION_ARGS_PROPERTY_NAME)
                  instanceof String arguments
              ? arguments
              : "";
      Stream.of(others.split(","))
          .filter(argument -> argument.startsWith("-"))
          .findFirst()
          .ifPresent(SettingNames::refuse);
    }
  }

  /** Spelled as a property, or as an environment variable, which Spring takes as well. */
  private static boolean isSetting(String option) {
    return option.indexOf('.') >= 0
        || OPTIONS_OF_SPRING.contains(option)
        || option.equals(option.toUpperCase(Locale.ROOT));
  }

  private static void refuse(String option) {
    throw new IllegalArgumentException(
        "heal8s.* settings have a dot in their name; " + option + " is no option");
  }

  /** Environment and system properties hold what others have put there too. */
  private static boolean isOfProcess(@Nullable Object origin) {
    return origin instanceof PropertySource<?> source
        && (source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)
            || source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME));
  }

  private static Optional<String> problem(
      ConfigurationPropertyName name,
      Map<ConfigurationPropertyName, Class<?>> known,
      boolean ofProcess) {
    // The longest prefix: some settings stand below others.
    Optional<ConfigurationPropertyName> prefix =
        known.keySet().stream()
            .filter(one -> one.isAncestorOf(name))
            .max(Comparator.comparing(ConfigurationPropertyName::getNumberOfElements));
    if (prefix.isPresent()) {
      int depth = prefix.get().getNumberOfElements();
      boolean link = ofProcess && LINKS.contains(name.getElement(depth, Form.UNIFORM));
      return link
          ? Optional.empty()
          : unknownBelow(name, depth, Objects.requireNonNull(known.get(prefix.get())), ofProcess);
    }
    return ofProcess
        ? Optional.empty()
        : Optional.of(
            name
                + " is no setting of this service; its settings begin with "
                + known.keySet().stream()
                    .map(ConfigurationPropertyName::toString)
                    .collect(Collectors.joining(", ")));
  }

  private static Optional<String> unknownBelow(
      ConfigurationPropertyName name, int depth, Class<?> settings, boolean ofProcess) {
    if (depth >= name.getNumberOfElements() || !settings.isRecord()) {
      return Optional.empty();
    }
    List<String> there = new ArrayList<>();
    for (RecordComponent component : settings.getRecordComponents()) {
      int end = endOf(component, name, depth, ofProcess);
      if (end > depth) {
        return unknownBelow(name, end, component.getType(), ofProcess);
      }
      there.add(spelled(component.getName()));
    }
    return Optional.of(
        name
            + " is no setting; "
            + name.chop(depth)
            + " has "
            + there.stream().sorted().collect(Collectors.joining(", ")));
  }

  /**
   * Where the component's own part of the name ends; the depth itself if the name is another one.
   * In the environment an underscore stands for a dash too, which looks like two parts.
   */
  private static int endOf(
      RecordComponent component, ConfigurationPropertyName name, int depth, boolean ofProcess) {
    String wanted = component.getName().toLowerCase(Locale.ROOT);
    int longest = ofProcess ? name.getNumberOfElements() : depth + 1;
    StringBuilder joined = new StringBuilder();
    for (int i = depth; i < longest && wanted.startsWith(joined.toString()); i++) {
      joined.append(name.getElement(i, Form.UNIFORM));
      if (wanted.contentEquals(joined)) {
        return i + 1;
      }
    }
    return depth;
  }

  private static String spelled(String component) {
    return Arrays.stream(component.split("(?=[A-Z])"))
        .map(part -> part.toLowerCase(Locale.ROOT))
        .collect(Collectors.joining("-"));
  }
}
