// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import io.heal8s.core.http.outbound.OutboundHttpClient;
import io.heal8s.resource.notify.NoticeSender;
import io.heal8s.resource.notify.NotificationStore;
import io.heal8s.resource.notify.Notifier;
import io.heal8s.resource.notify.mail.MailNotifier;
import io.heal8s.resource.notify.slack.SlackNotifier;
import io.heal8s.resource.store.EventLog;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.store.postgres.JdbcNotificationStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Telling people. Where nobody wants to be told there is neither a thread nor a question. */
@Configuration(proxyBeanMethods = false)
class NotificationConfiguration {

  @Bean
  NotificationVariables notificationVariables(Environment environment) {
    return NotificationVariables.read(new Variables(environment::getProperty));
  }

  @Bean
  NotificationStore notificationStore(Database database) {
    return new JdbcNotificationStore(database);
  }

  @Bean
  Senders noticeSenders(
      NotificationVariables variables,
      NotificationStore store,
      OutboundHttpClient client,
      EventLog events,
      MeterRegistry meters,
      Clock clock) {
    Stream<Notifier> slack = variables.slack().stream().map(url -> new SlackNotifier(client, url));
    Stream<Notifier> mail =
        variables.mail().stream().map(settings -> new MailNotifier(settings, clock));
    UUID self = UUID.randomUUID();
    List<NoticeSender> senders =
        Stream.concat(slack, mail)
            .map(notifier -> new NoticeSender(notifier, store, meters, variables.gather(), self))
            .toList();
    return new Senders(senders, senders.stream().map(s -> events.subscribe(s::wake)).toList());
  }

  /**
   * What tells people.
   *
   * @param senders one for each way
   * @param subscriptions what wakes them
   */
  record Senders(List<NoticeSender> senders, List<EventLog.Subscription> subscriptions)
      implements AutoCloseable {
    @Override
    public void close() {
      subscriptions.forEach(EventLog.Subscription::close);
      senders.forEach(NoticeSender::close);
    }
  }
}
