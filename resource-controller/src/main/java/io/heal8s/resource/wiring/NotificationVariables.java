// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import io.heal8s.core.http.secret.Secret;
import io.heal8s.resource.notify.mail.MailNotifier;
import io.heal8s.resource.notify.mail.MailNotifier.Security;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who is told of failures.
 *
 * @param slack address of an incoming webhook; empty for none
 * @param mail empty for none
 * @param gather how long a burst is waited for, so that it is one message
 */
record NotificationVariables(
    Optional<Secret> slack, Optional<MailNotifier.Settings> mail, Duration gather) {

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException with one line that names a wrong one
   */
  static NotificationVariables read(Variables variables) {
    return new NotificationVariables(
        variables.secret("SLACK_WEBHOOK_URL"),
        mail(variables),
        variables.seconds("NOTIFY_GATHER", Duration.ofSeconds(2), Duration.ZERO));
  }

  private static Optional<MailNotifier.Settings> mail(Variables variables) {
    return variables
        .optional("SMTP_HOST")
        .map(
            host -> {
              Security security =
                  Security.valueOf(
                      variables
                          .choice("SMTP_SECURITY", "starttls", List.of("starttls", "tls", "none"))
                          .toUpperCase(Locale.ROOT));
              int usual = security == Security.TLS ? 465 : 587;
              return new MailNotifier.Settings(
                  host,
                  variables.integer("SMTP_PORT", usual, 1, 65535),
                  security,
                  variables.text("SMTP_USERNAME", ""),
                  variables.secret("SMTP_PASSWORD").orElse(Secret.of("")),
                  required(variables, "MAIL_FROM"),
                  required(variables, "MAIL_TO"));
            });
  }

  private static String required(Variables variables, String name) {
    return variables
        .optional(name)
        .orElseThrow(() -> new IllegalArgumentException("SMTP_HOST is set, " + name + " is not"));
  }
}
