// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.wiring;

import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicy;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.boot.SuiteNamespace;
import io.heal8s.core.observe.Informers;
import io.heal8s.core.observe.Store;
import io.heal8s.core.runtime.LoopEnvironment;
import io.heal8s.core.runtime.SystemScheduler;
import io.heal8s.operator.act.EventSink;
import io.heal8s.operator.act.ObjectReader;
import io.heal8s.operator.act.PolicySource;
import io.heal8s.operator.act.RemediationCache;
import io.heal8s.operator.act.RemediationMetrics;
import io.heal8s.operator.act.RemediationWriter;
import io.heal8s.operator.act.WorkloadChange;
import io.heal8s.operator.act.WorkloadPatcher;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The two loops over the ports. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OperatorSettings.class)
class LoopConfiguration {

  @Bean
  RemediationMetrics remediationMetrics(MeterRegistry meters) {
    return new RemediationMetrics(meters);
  }

  @Bean
  EventSink eventSink() {
    Logger log = LoggerFactory.getLogger(EventSink.class);
    return (about, what) ->
        log.atInfo()
            .addKeyValue("namespace", about.getMetadata().getNamespace())
            .addKeyValue("name", about.getMetadata().getName())
            .addKeyValue("reason", what.reason())
            .log(what.message());
  }

  @Bean
  WorkloadChange workloadChange(ObjectReader reader, WorkloadPatcher patcher) {
    return new WorkloadChange(reader, patcher);
  }

  @Bean
  LoopFactory loopFactory(
      OperatorSettings settings,
      LoopEnvironment environment,
      RemediationCache cache,
      PolicySource policies,
      ObjectReader reader,
      RemediationWriter writer,
      WorkloadChange workloads,
      EventSink events,
      RemediationMetrics metrics) {
    return new LoopFactory(
        settings, environment, cache, policies, reader, writer, workloads, events, metrics);
  }

  @Bean
  SmartLifecycle operatorLoops(
      OperatorSettings settings,
      SuiteNamespace suite,
      Informers informers,
      ObjectReader reader,
      LoopFactory factory,
      Store<Remediation> remediations,
      Store<RemediationPolicy> policies,
      SystemScheduler scheduler) {
    return new OperatorLoops(
        new SiteFinder(settings, suite, reader),
        informers,
        factory,
        remediations,
        policies,
        scheduler);
  }
}
