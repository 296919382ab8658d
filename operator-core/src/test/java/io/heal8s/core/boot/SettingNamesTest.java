// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Names in the environment, where others write too. */
class SettingNamesTest {

  @ConfigurationProperties("heal8s.test")
  record Settings(int workers, int maxBodySize, Web web) {}

  record Web(List<String> allowedPorts, Map<String, String> headers) {}

  @ConfigurationProperties("heal8s.test.inner")
  record Inner(boolean enabled) {}

  private static void check(String variable) {
    StandardEnvironment environment = new StandardEnvironment();
    String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
    environment
        .getPropertySources()
        .replace(name, new SystemEnvironmentPropertySource(name, Map.of(variable, "1")));
    ConfigurationPropertySources.attach(environment);
    DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
    beans.registerBeanDefinition(
        "settings", BeanDefinitionBuilder.rootBeanDefinition(Settings.class).getBeanDefinition());
    beans.registerSingleton("inner", new OptionalSettings(Inner.class));
    new SettingNames(environment).postProcessBeanFactory(beans);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HEAL8S_TEST_WORKERS",
        "HEAL8S_TEST_MAXBODYSIZE",
        "HEAL8S_TEST_MAX_BODY_SIZE",
        "HEAL8S_TEST_WEB_ALLOWEDPORTS_0",
        "HEAL8S_TEST_WEB_ALLOWED_PORTS",
        "HEAL8S_TEST_WEB_HEADERS_ANY",
        "HEAL8S_TEST_INNER_ENABLED",
        // What Kubernetes writes for a Service heal8s-test.
        "HEAL8S_TEST_SERVICE_HOST",
        "HEAL8S_TEST_PORT_8081_TCP_ADDR",
        // Of other programs.
        "HEAL8S_NPM",
        "PATH"
      })
  void passes(String variable) {
    assertThatCode(() -> check(variable)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "HEAL8S_TEST_WORKER, heal8s.test.worker is no setting; heal8s.test has max-body-size",
    "HEAL8S_TEST_MAX_BODY, heal8s.test.max.body is no setting",
    "HEAL8S_TEST_INNER_ENABLE, heal8s.test.inner.enable is no setting; heal8s.test.inner has enabled",
    "HEAL8S_TEST_WEB_PORTS, heal8s.test.web.ports is no setting; heal8s.test.web has allowed-ports"
  })
  void isNamed(String variable, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> check(variable))
        .withMessageStartingWith(message);
  }
}
