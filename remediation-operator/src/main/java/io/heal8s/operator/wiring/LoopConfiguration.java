// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.wiring;

import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicy;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.boot.Leadership;
import io.heal8s.core.boot.LoopStart;
import io.heal8s.core.boot.ServicePort;
import io.heal8s.core.boot.SuiteNamespace;
import io.heal8s.core.effect.EventPublisher;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesWriter;
import io.heal8s.core.effect.ObjectReference;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.core.observe.Informers;
import io.heal8s.core.observe.Store;
import io.heal8s.core.runtime.LoopEnvironment;
import io.heal8s.core.runtime.Tracing;
import io.heal8s.operator.act.EffectRuns;
import io.heal8s.operator.act.EventSink;
import io.heal8s.operator.act.ObjectReader;
import io.heal8s.operator.act.PolicySource;
import io.heal8s.operator.act.RemediationCache;
import io.heal8s.operator.act.RemediationMetrics;
import io.heal8s.operator.act.RemediationWriter;
import io.heal8s.operator.act.WorkloadChange;
import io.heal8s.operator.act.WorkloadPatcher;
import io.heal8s.operator.cluster.ClusterEvictor;
import io.heal8s.operator.cluster.ClusterExec;
import io.heal8s.operator.cluster.ClusterObjectPatcher;
import io.heal8s.operator.cluster.OperatorWriter;
import io.heal8s.operator.cluster.OutboundWebhooks;
import io.heal8s.operator.cluster.PolicyStatus;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Set;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
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
  EventSink eventSink(EventPublisher publisher) {
    return (about, what) ->
        publisher.publish(ObjectReference.to(ServedKinds.REMEDIATIONS, about), what);
  }

  /** Where the first release served its metrics. */
  @Bean
  ServicePort metricsPort(OperatorSettings settings) {
    return new ServicePort(
        "heal8s.operator.metrics-port", settings.metricsPort(), Set.of("/metrics"));
  }

  @Bean
  WorkloadChange workloadChange(ObjectReader reader, WorkloadPatcher patcher) {
    return new WorkloadChange(reader, patcher);
  }

  @Bean
  OutboundWebhooks outboundWebhooks(OperatorSettings settings, ObjectReader reader) {
    return new OutboundWebhooks(settings.webhooks().outbound(), reader);
  }

  @Bean
  EffectRuns effectRuns(
      OperatorSettings settings,
      KubernetesApi api,
      OutboundWebhooks webhooks,
      RemediationCache cache) {
    return new EffectRuns(
        new ClusterEvictor(new KubernetesWriter(api, OperatorWriter.FIELD_MANAGER)),
        webhooks,
        new ClusterExec(api),
        new ClusterObjectPatcher(api),
        cache,
        Math.max(1, settings.workers() / 4));
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
      EffectRuns runs,
      EventSink events,
      RemediationMetrics metrics,
      PolicyStatus policyStatus,
      EventPublisher publisher,
      Tracing tracing) {
    return new LoopFactory(
        settings,
        environment,
        cache,
        policies,
        reader,
        writer,
        workloads,
        runs,
        events,
        metrics,
        policyStatus,
        (observed, announcement) ->
            publisher.publish(
                ObjectReference.to(ServedKinds.REMEDIATION_POLICIES, observed.policy()),
                announcement),
        tracing);
  }

  @Bean
  SiteFinder siteHealthIndicator(
      OperatorSettings settings, SuiteNamespace suite, ObjectReader reader, Clock clock) {
    return new SiteFinder(settings, suite, reader, clock);
  }

  @Bean
  LoopStart operatorStart(
      OperatorSettings settings,
      SiteFinder sites,
      Informers informers,
      Leadership leadership,
      LoopFactory factory,
      Store<Remediation> remediations,
      Store<RemediationPolicy> policies) {
    if (settings.formerWebhookPort() != null) {
      LoggerFactory.getLogger(OperatorLoops.class)
          .warn("--webhook-port is ignored: webhooks are served by alert-gateway now");
    }
    OperatorLoops loops =
        new OperatorLoops(
            sites,
            () -> informers.synced() && leadership.isLeading(),
            factory,
            remediations,
            policies);
    return new LoopStart("operator", loops::mayBegin, loops::begin);
  }
}
