// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.notify.mail;

import io.heal8s.core.http.secret.Secret;
import io.heal8s.resource.notify.Notice;
import io.heal8s.resource.notify.Notifier;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/** Sends one e-mail for each burst. */
public final class MailNotifier implements Notifier {

  private static final String TIMEOUT_MILLIS = "10000";

  private final Settings settings;
  private final InstantSource clock;
  private final Session session;

  /** How the connection is kept from others. */
  public enum Security {
    /** Nothing; only for a server on this machine. */
    NONE,
    /** Turned into TLS before anything is said. */
    STARTTLS,
    /** TLS from its begin. */
    TLS
  }

  /**
   * Where mail goes through, and to whom.
   *
   * @param host of the SMTP server
   * @param port of it
   * @param security of the connection
   * @param username to log in with; empty for nobody
   * @param password of that user
   * @param from sender
   * @param to receivers, with commas between
   */
  public record Settings(
      String host,
      int port,
      Security security,
      String username,
      Secret password,
      String from,
      String to) {}

  /**
   * Makes it; contacts nobody yet.
   *
   * @throws IllegalArgumentException if an address is none
   */
  public MailNotifier(Settings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.session = Session.getInstance(properties(settings));
    addresses("MAIL_FROM", settings.from());
    addresses("MAIL_TO", settings.to());
  }

  private static Properties properties(Settings settings) {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.host", settings.host());
    properties.setProperty("mail.smtp.port", Integer.toString(settings.port()));
    properties.setProperty("mail.smtp.auth", Boolean.toString(!settings.username().isEmpty()));
    for (String timeout : List.of("connectiontimeout", "timeout", "writetimeout")) {
      properties.setProperty("mail.smtp." + timeout, TIMEOUT_MILLIS);
    }
    switch (settings.security()) {
      case NONE -> {}
      case STARTTLS -> {
        properties.setProperty("mail.smtp.starttls.enable", "true");
        // Else a server in between could just not offer it.
        properties.setProperty("mail.smtp.starttls.required", "true");
      }
      case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
    }
    return properties;
  }

  private static InternetAddress[] addresses(String name, String text) {
    try {
      InternetAddress[] addresses = InternetAddress.parse(text, true);
      if (addresses.length > 0) {
        return addresses;
      }
    } catch (AddressException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "%s is '%s': must be an e-mail address".formatted(name, text));
  }

  @Override
  public String id() {
    return "mail";
  }

  @Override
  public Delivery send(List<Notice> notices) {
    try {
      MimeMessage message = new MimeMessage(session);
      message.setFrom(addresses("MAIL_FROM", settings.from())[0]);
      message.setRecipients(RecipientType.TO, addresses("MAIL_TO", settings.to()));
      message.setSubject(subject(notices), StandardCharsets.UTF_8.name());
      message.setSentDate(Date.from(clock.instant()));
      // Nobody's holiday answers to it.
      message.setHeader("Auto-Submitted", "auto-generated");
      message.setText(text(notices), StandardCharsets.UTF_8.name());
      if (settings.username().isEmpty()) {
        Transport.send(message);
      } else {
        Transport.send(message, settings.username(), settings.password().reveal());
      }
      return new Delivery.Sent();
    } catch (AuthenticationFailedException e) {
      return new Delivery.Later("the server refuses SMTP_USERNAME and SMTP_PASSWORD");
    } catch (SendFailedException e) {
      return e.getNextException() instanceof MessagingException cause && isPassing(cause)
          ? new Delivery.Later(firstLine(cause))
          : new Delivery.Never(firstLine(e));
    } catch (MessagingException e) {
      return new Delivery.Later(firstLine(e));
    }
  }

  /** A refusal with a number of 400 to 499 is one for now. */
  private static boolean isPassing(MessagingException cause) {
    return String.valueOf(cause.getMessage()).strip().startsWith("4");
  }

  private static String firstLine(MessagingException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }

  static String subject(List<Notice> notices) {
    if (notices.size() == 1) {
      Notice only = notices.getFirst();
      return switch (only.kind()) {
        case FAILED -> "heal8s: " + only.name() + " failed";
        case RECOVERED -> "heal8s: " + only.name() + " is ready again";
      };
    }
    long failed = notices.stream().filter(n -> n.kind() == Notice.Kind.FAILED).count();
    return "heal8s: %d failed, %d ready again".formatted(failed, notices.size() - failed);
  }

  static String text(List<Notice> notices) {
    return notices.stream()
        .map(notice -> notice.at() + "  " + notice.line() + "\n")
        .collect(Collectors.joining());
  }
}
