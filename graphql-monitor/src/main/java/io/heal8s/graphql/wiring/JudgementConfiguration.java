// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import io.heal8s.core.decide.Decider;
import io.heal8s.graphql.intent.AppSnapshot;
import io.heal8s.graphql.intent.MonitorIntent;
import io.heal8s.graphql.member.Ownership;
import io.heal8s.graphql.shard.Rendezvous;
import io.heal8s.graphql.trigger.MonitorDecider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is judged: whose an application is, and what follows from its state. */
@Configuration(proxyBeanMethods = false)
class JudgementConfiguration {

  @Bean
  Decider<AppSnapshot, MonitorIntent> monitorDecider() {
    return new MonitorDecider();
  }

  @Bean
  Ownership.Shares shares() {
    // Nobody lives: nobody polls.
    return (app, members) -> Rendezvous.ownerOf(app, members).orElse("");
  }
}
