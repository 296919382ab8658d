// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import io.heal8s.core.effect.EventPublisher;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesLease;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.observe.Informers;
import io.heal8s.core.runtime.LeaderElection;
import io.heal8s.core.runtime.LoopEnvironment;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** What a service with control loops has: one leader, events, and liveness of the loops. */
@AutoConfiguration(after = InformersAutoConfiguration.class)
@EnableConfigurationProperties(LeaderElectionSettings.class)
public class LoopsAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  ProcessExit processExit() {
    return code -> Runtime.getRuntime().halt(code);
  }

  @Bean
  @ConditionalOnMissingBean
  ProcessIdentity processIdentity(Environment environment, LoopEnvironment loops) {
    return ProcessIdentity.of(
        environment.getProperty("POD_NAME", environment.getProperty("HOSTNAME", "local")),
        loops.random());
  }

  @Bean
  @ConditionalOnMissingBean
  Leadership leadership(
      LeaderElectionSettings settings,
      SuiteNamespace suite,
      ProcessIdentity identity,
      KubernetesApi api,
      LoopEnvironment loops,
      Informers informers,
      ProcessExit exit) {
    return new Leadership(
        election(settings, suite, identity, api, loops),
        informers::synced,
        loops.scheduler(),
        exit);
  }

  /** Events under the name of the service. */
  @Bean
  @ConditionalOnMissingBean
  EventPublisher eventPublisher(
      Environment environment, ProcessIdentity identity, KubernetesApi api, LoopEnvironment loops) {
    return new EventPublisher(
        api,
        "heal8s.io/" + environment.getProperty("spring.application.name", "heal8s"),
        identity.value(),
        loops.clock(),
        loops.scheduler(),
        loops.executor(),
        loops.meters());
  }

  @Bean
  @ConditionalOnMissingBean(name = "loopLifecycle")
  SmartLifecycle loopLifecycle(ObjectProvider<LoopStart> starts, LoopEnvironment loops) {
    return new LoopLifecycle(starts.orderedStream().toList(), loops);
  }

  @Bean
  @ConditionalOnMissingBean(name = "loopsHealthIndicator")
  LoopsHealth loopsHealthIndicator(LoopEnvironment loops) {
    return new LoopsHealth(loops.loops());
  }

  private static Function<LeaderElection.Listener, Optional<LeaderElection>> election(
      LeaderElectionSettings settings,
      SuiteNamespace suite,
      ProcessIdentity identity,
      KubernetesApi api,
      LoopEnvironment loops) {
    String name = settings.leaseName();
    if (!settings.enabled() || name == null) {
      return listener -> Optional.empty();
    }
    String namespace = Objects.requireNonNullElse(settings.leaseNamespace(), suite.name());
    KubernetesLease lease =
        new KubernetesLease(api, new ObjectKey(namespace, name), "heal8s-leader-election");
    return listener ->
        Optional.of(
            new LeaderElection(
                settings.times(identity.value()),
                lease,
                loops.scheduler(),
                loops.clock(),
                loops.executor(),
                loops.random(),
                listener));
  }
}
