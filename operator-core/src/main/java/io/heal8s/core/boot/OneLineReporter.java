// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says in one line why the start failed: a person reads that line in {@code kubectl logs}, where a
 * stack trace would bury it.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class OneLineReporter implements SpringBootExceptionReporter {

  private final PrintStream out;

  /** Made by Spring from {@code META-INF/spring.factories}. */
  OneLineReporter() {
    this(System.err);
  }

  OneLineReporter(PrintStream out) {
    this.out = out;
  }

  @Override
  public boolean reportException(Throwable failure) {
    out.println("cannot start: " + line(failure));
    return true;
  }

  static String line(Throwable failure) {
    BindException setting = find(failure, BindException.class);
    if (setting != null) {
      return ofSetting(setting);
    }
    PortInUseException port = find(failure, PortInUseException.class);
    if (port != null) {
      return "port " + port.getPort() + " is in use; set server.port or management.server.port";
    }
    return oneLine(text(ours(failure)));
  }

  /** What our own code said of a setting knows more than what it was caused by. */
  private static Throwable ours(Throwable failure) {
    for (Throwable here = failure; here != null; here = here.getCause()) {
      String message = here.getMessage();
      if (here instanceof IllegalArgumentException
          && message != null
          && message.startsWith("heal8s.")) {
        return here;
      }
    }
    return root(failure);
  }

  private static String ofSetting(BindException failure) {
    String why = oneLine(text(ours(failure)));
    ConfigurationProperty property = failure.getProperty();
    if (property == null) {
      String name = failure.getName().toString();
      return why.contains(name) ? why : "setting " + name + ": " + why;
    }
    return "setting %s is '%s': %s".formatted(property.getName(), property.getValue(), why);
  }

  private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
    for (Throwable here = failure; here != null; here = here.getCause()) {
      if (type.isInstance(here)) {
        return type.cast(here);
      }
    }
    return null;
  }

  private static Throwable root(Throwable failure) {
    Throwable here = failure;
    while (here.getCause() != null && here.getCause() != here) {
      here = here.getCause();
    }
    return here;
  }

  private static String text(Throwable failure) {
    String message = failure.getMessage();
    String type = failure.getClass().getSimpleName();
    if (message == null || message.isBlank()) {
      return type;
    }
    return failure instanceof IllegalArgumentException ? message : type + ": " + message;
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
