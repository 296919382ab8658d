// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts a service, or ends the process with exit code 1 and one line that says what to change. */
public final class Heal8sApplication {

  /** Exit code of a process that could not start. */
  public static final int CANNOT_START = 1;

  private static final String DEFAULTS = "/heal8s-defaults.properties";

  private Heal8sApplication() {}

  /**
   * Starts a service.
   *
   * @param application class with the service's beans
   * @param arguments of the command line
   */
  public static ConfigurableApplicationContext run(Class<?> application, String... arguments) {
    SpringApplication spring = new SpringApplication(application);
    spring.setBannerMode(Banner.Mode.OFF);
    spring.setDefaultProperties(defaults());
    try {
      return spring.run(arguments);
    } catch (SpringApplication.AbandonedRunException onPurpose) {
      throw onPurpose;
    } catch (RuntimeException reported) {
      // OneLineReporter has said why.
      System.exit(CANNOT_START);
      throw reported;
    }
  }

  /**
   * Starts a service that is also called with the flags of the program it takes the place of.
   *
   * @param application class with the service's beans
   * @param former those flags
   * @param arguments of the command line
   */
  public static void run(Class<?> application, FormerFlags former, String... arguments) {
    String[] today;
    try {
      today = former.translate(arguments);
    } catch (IllegalArgumentException wrong) {
      System.err.println("cannot start: " + wrong.getMessage());
      System.exit(CANNOT_START);
      return;
    }
    run(application, today);
  }

  /** What is said of a start that failed, one line that names what to change. */
  public static String lineAbout(Throwable failure) {
    return OneLineReporter.line(failure);
  }

  private static Properties defaults() {
    Properties defaults = new Properties();
    try (InputStream in = Heal8sApplication.class.getResourceAsStream(DEFAULTS)) {
      defaults.load(Objects.requireNonNull(in, DEFAULTS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return defaults;
  }
}
