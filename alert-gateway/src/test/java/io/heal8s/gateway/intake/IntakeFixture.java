// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.decide.policy.EffectivePolicy;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.ObjectReference;
import io.heal8s.gateway.intent.IncomingAlert;
import io.heal8s.gateway.intent.IncomingAlert.Status;
import io.heal8s.gateway.routing.AlertRouter;
import io.heal8s.gateway.routing.NamespaceRules;
import io.heal8s.gateway.source.AlertBatch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An intake over an API server in memory, and a clock that stands still. */
final class IntakeFixture {

  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final OffsetDateTime START = OffsetDateTime.parse("2026-03-01T10:00:00.123Z");

  final MemoryRemediationApi server = new MemoryRemediationApi();
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final GatewayMetrics metrics = new GatewayMetrics(registry);
  final List<String> told = new CopyOnWriteArrayList<>();
  final GatewayNews news =
      new GatewayNews(
          metrics,
          new ObjectReference("v1", "Pod", new ObjectKey("heal8s-system", "gateway-0"), ""),
          (about, announcement) ->
              told.add(about.key() + " " + announcement.reason() + ": " + announcement.message()));
  final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  boolean policiesRead = true;

  final Intake intake = intake(new Intake.Limits(8, 4, Duration.ofSeconds(8)));

  /** Another intake over the same server, with bounds of its own. */
  Intake intake(Intake.Limits limits) {
    return new Intake(
        namespace ->
            policiesRead
                ? Optional.of(NamespaceRules.of(EffectivePolicy.DEFAULT))
                : Optional.empty(),
        new AlertRouter(),
        new AlertExecutor(server, news, now::get),
        metrics,
        news,
        limits,
        now::get);
  }

  List<Result> deliver(IncomingAlert... alerts) {
    return intake.accept(new AlertBatch(List.of(alerts), 0), null).answers().stream()
        .map(AlertAnswer::result)
        .toList();
  }

  Result deliverOne(IncomingAlert alert) {
    return deliver(alert).getFirst();
  }

  static IncomingAlert firing(String deployment) {
    return alert(Status.Firing, deployment, START);
  }

  static IncomingAlert alert(Status status, String deployment, @Nullable OffsetDateTime startsAt) {
    return new IncomingAlert(
        "alertmanager",
        status,
        Map.of("alertname", "KubePodOOMKilled", "namespace", "shop", "deployment", deployment),
        "f-" + deployment,
        startsAt,
        status == Status.Resolved ? OffsetDateTime.parse("2026-03-01T11:30:00Z") : null,
        "{}");
  }

  /** The names of all stored objects, in order. */
  List<String> stored() {
    List<String> names = new ArrayList<>();
    server.objects.keySet().forEach(key -> names.add(key.name()));
    names.sort(null);
    return names;
  }

  /** The operator ends an object at that time. */
  void end(String name, Phase phase, @Nullable String reason, Instant at) {
    server.update(
        "shop",
        name,
        old ->
            MemoryRemediationApi.Changed.with(
                Objects.requireNonNull(old),
                new RemediationStatus(
                    1L,
                    phase,
                    reason,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    at.atOffset(ZoneOffset.UTC),
                    null,
                    null)));
  }

  Remediation only() {
    return server.objects.values().iterator().next();
  }

  double count(String meter, String... tags) {
    return registry.find(meter).tags(tags).counters().stream().mapToDouble(c -> c.count()).sum();
  }
}
