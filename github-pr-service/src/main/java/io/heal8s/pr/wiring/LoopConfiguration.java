// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.wiring;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.boot.Leadership;
import io.heal8s.core.boot.LoopStart;
import io.heal8s.core.boot.ServicePort;
import io.heal8s.core.effect.EventPublisher;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.ObjectReference;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.core.effect.ServerSideApplier;
import io.heal8s.core.observe.Informers;
import io.heal8s.core.observe.OwnWrites;
import io.heal8s.core.observe.Store;
import io.heal8s.core.runtime.ControllerLoop;
import io.heal8s.core.runtime.LoopEnvironment;
import io.heal8s.core.runtime.LoopSettings;
import io.heal8s.core.runtime.SystemScheduler;
import io.heal8s.core.runtime.TracedExecutor;
import io.heal8s.core.runtime.Tracing;
import io.heal8s.pr.act.ForgeQuestions;
import io.heal8s.pr.act.PrExecutor;
import io.heal8s.pr.act.PrMetrics;
import io.heal8s.pr.act.PrSpans;
import io.heal8s.pr.act.Teller;
import io.heal8s.pr.changerequest.PrDecider;
import io.heal8s.pr.changerequest.PrSnapshot;
import io.heal8s.pr.cluster.OwnedStatusWriter;
import io.heal8s.pr.cluster.RemediationObserver;
import io.heal8s.pr.cluster.WatchedRemediations;
import io.heal8s.pr.forge.Forges;
import io.heal8s.pr.intent.PrIntent;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The loop over Remediations. */
@Configuration(proxyBeanMethods = false)
class LoopConfiguration {

  @Bean
  Store<Remediation> remediations(Informers informers, PrSettings settings) {
    return informers.watch(WatchedRemediations.watched(), settings.namespaces());
  }

  @Bean
  OwnWrites ownWrites(Store<Remediation> remediations, SystemScheduler scheduler) {
    return new OwnWrites(remediations, scheduler);
  }

  @Bean
  OwnedStatusWriter statusWriter(KubernetesApi api, OwnWrites ownWrites) {
    return new OwnedStatusWriter(
        new ServerSideApplier(api, OwnedStatusWriter.FIELD_MANAGER), ownWrites);
  }

  @Bean
  Teller teller(EventPublisher publisher) {
    return (about, what) ->
        publisher.publish(ObjectReference.to(ServedKinds.REMEDIATIONS, about), what);
  }

  /** Where the chart has metrics scraped. */
  @Bean
  ServicePort metricsPort(PrSettings settings) {
    return new ServicePort("heal8s.pr.metrics-port", settings.metricsPort(), Set.of("/metrics"));
  }

  @Bean
  PrExecutor executor(
      Forges forges,
      OwnedStatusWriter statuses,
      PrDecider decider,
      Teller teller,
      MeterRegistry meters) {
    return new PrExecutor(forges, statuses, decider, teller, new PrMetrics(meters, forges.ids()));
  }

  @Bean
  ControllerLoop<ObjectKey, PrSnapshot, PrIntent> loop(
      PrSettings settings,
      LoopEnvironment environment,
      Store<Remediation> remediations,
      OwnWrites ownWrites,
      ForgeQuestions questions,
      PrDecider decider,
      PrExecutor executor,
      Tracing tracing,
      Teller teller,
      Leadership leadership) {
    return new ControllerLoop<>(
        LoopSettings.of("pull-request", settings.workers()),
        environment,
        new RemediationObserver(remediations, ownWrites, questions, leadership::isLeading),
        decider,
        new TracedExecutor<>(executor, tracing, environment.scheduler(), PrSpans::of),
        (observed, what) -> teller.tell(observed.remediation(), what));
  }

  /** A standby runs, too: the keys that a webhook wakes. */
  @Bean
  LoopStart loopStart(Informers informers, ControllerLoop<ObjectKey, PrSnapshot, PrIntent> loop) {
    return new LoopStart("pull-request", informers::synced, loop::start);
  }

  @Bean
  LoopStart work(
      PrSettings settings,
      Informers informers,
      Leadership leadership,
      Store<Remediation> remediations,
      ForgeQuestions questions,
      ControllerLoop<ObjectKey, PrSnapshot, PrIntent> loop) {
    if (settings.formerBatchSize() != null) {
      LoggerFactory.getLogger(LoopConfiguration.class)
          .warn("batchSize is ignored: heal8s.pr.workers says how many are worked on at once");
    }
    return new LoopStart(
        "leading",
        () -> informers.synced() && leadership.isLeading(),
        // Tells what is known already, too.
        () ->
            remediations.onChange(
                change -> {
                  if (change.after() == null && change.before() != null) {
                    questions.forget(change.before());
                  }
                  loop.add(change.key());
                }));
  }
}
