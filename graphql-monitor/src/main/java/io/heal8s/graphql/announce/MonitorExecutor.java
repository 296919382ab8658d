// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.announce;

import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Annotations;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationSpec;
import io.heal8s.core.api.k8shealer.remediation.Verify;
import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.decide.Announcement;
import io.heal8s.core.decide.DurationText;
import io.heal8s.core.decide.naming.KubernetesName;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.EventPublisher;
import io.heal8s.core.effect.KubernetesWriter;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.ObjectReference;
import io.heal8s.core.effect.Precondition;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.core.effect.ServerSideApplier;
import io.heal8s.core.runtime.Tracing;
import io.heal8s.graphql.intent.MonitorIntent;
import io.heal8s.graphql.poll.AppMetrics;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The only writer of the monitor beside its Leases and {@link Adoption}. */
public final class MonitorExecutor {

  /** Field manager of everything that it writes. */
  public static final String FIELD_MANAGER = "heal8s-graphql-monitor";

  private static final String INITIAL = "InitialStateDetected";
  private static final Set<String> STATES = Set.of(INITIAL, "StateFieldChanged", "StateChanged");

  /**
   * Calls to the API server at one time. When many apps change at once, what waits must wait here
   * and not inside its call, whose time would run out before the server ever came to it. Edges and
   * their Remediations have places of their own: after a start the first states of ten thousand
   * apps wait for a minute, and an outage must not.
   */
  private static final int CONCURRENT_CALLS = 32;

  private static final Logger log = LoggerFactory.getLogger(MonitorExecutor.class);

  private final Semaphore states = new Semaphore(CONCURRENT_CALLS, true);
  private final Semaphore edges = new Semaphore(CONCURRENT_CALLS, true);
  private final CurrentApps apps;
  private final ServerSideApplier applier;
  private final KubernetesWriter writer;
  private final EventPublisher events;
  private final AppMetrics metrics;
  private final Clock clock;
  private final @Nullable Duration actionTimeout;
  private final Tracing tracing;

  /**
   * Writes with these.
   *
   * @param actionTimeout how long a Remediation may take from its act to its proof; null leaves it
   *     to the policy
   */
  public MonitorExecutor(
      CurrentApps apps,
      ServerSideApplier applier,
      KubernetesWriter writer,
      EventPublisher events,
      AppMetrics metrics,
      Clock clock,
      @Nullable Duration actionTimeout,
      Tracing tracing) {
    this.apps = apps;
    this.applier = applier;
    this.writer = writer;
    this.events = events;
    this.metrics = metrics;
    this.clock = clock;
    this.actionTimeout = actionTimeout;
    this.tracing = tracing;
  }

  private static <T extends @Nullable Object> T inTurn(Semaphore places, Supplier<T> call) {
    places.acquireUninterruptibly();
    try {
      return call.get();
    } finally {
      places.release();
    }
  }

  /**
   * Does one intent.
   *
   * @param app the object in the version that the intent is to be done on
   * @param seenAt when the state was seen that led to it
   * @return the object as it is then, or why it could not be done
   */
  Answer<TargetApp> execute(TargetApp app, MonitorIntent intent, Instant seenAt) {
    return switch (intent) {
      case MonitorIntent.Record record -> record(app, record);
      case MonitorIntent.Note note -> {
        announce(app, note.events());
        yield new Answer.Ok<>(app);
      }
      case MonitorIntent.Create(String name, RemediationSpec spec) -> {
        ApiFailure failure = create(app, name, spec, seenAt);
        yield failure == null ? new Answer.Ok<>(app) : new Answer.Failed<>(failure);
      }
    };
  }

  private Answer<TargetApp> record(TargetApp app, MonitorIntent.Record record) {
    V1ObjectMeta metadata = app.getMetadata();
    boolean edge =
        !record.status().pendingOrEmpty().isEmpty()
            || !app.statusOrEmpty().pendingOrEmpty().isEmpty();
    Answer<TargetApp> answer =
        inTurn(
            edge ? edges : states,
            () ->
                applier.applyStatus(
                    ServedKinds.TARGET_APPS,
                    ObjectKey.of(metadata),
                    Precondition.unchanged(metadata),
                    record.status()));
    if (answer instanceof Answer.Ok<TargetApp>(TargetApp written)) {
      apps.wrote(written);
      announce(app, record.events());
    }
    return answer;
  }

  private @Nullable ApiFailure create(
      TargetApp app, String name, RemediationSpec spec, Instant seenAt) {
    Optional<ApiFailure> failure =
        tracing.trace(
            CreationTrace.of(app, name, spec),
            active -> Optional.ofNullable(create(app, name, spec, active.traceparent(), seenAt)));
    return failure.orElse(null);
  }

  private @Nullable ApiFailure create(
      TargetApp app,
      String name,
      RemediationSpec spec,
      @Nullable String traceparent,
      Instant seenAt) {
    ObjectKey key = ObjectKey.of(app.getMetadata());
    Remediation remediation =
        Remediation.create(metadata(app, name, spec), completed(spec, traceparent));
    ApiFailure failure =
        inTurn(edges, () -> writer.create(ServedKinds.REMEDIATIONS, remediation)).failureOrNull();
    String action = actionName(spec.action().type());
    Duration took = Duration.between(seenAt, clock.instant());
    return switch (failure) {
      case null -> {
        metrics.acted(key, action, "success", took.toNanos() / 1e9);
        log.atInfo()
            .addKeyValue("targetApp", key)
            .addKeyValue("remediation", name)
            .addKeyValue("action", action)
            .addKeyValue("tookMs", took.toMillis())
            .log("Remediation created");
        yield null;
      }
      // An earlier try of ours, or the replica before us: the name says that it is the same.
      case ApiFailure.AlreadyExists _ -> null;
      default -> failure;
    };
  }

  /** It turned out that one cannot be created; it is asked for again. */
  void refused(ObjectKey app, MonitorIntent.Create create, Instant seenAt) {
    Duration took = Duration.between(seenAt, clock.instant());
    String action = actionName(create.spec().action().type());
    metrics.acted(app, action, "failed", took.toNanos() / 1e9);
  }

  /** So many are pending now that cannot be created. */
  void owing(ObjectKey app, int remediations) {
    metrics.owing(app, remediations);
  }

  private RemediationSpec completed(RemediationSpec spec, @Nullable String traceparent) {
    Duration timeout = actionTimeout;
    Verify verify =
        timeout == null || spec.verify() != null
            ? spec.verify()
            : new Verify(DurationText.text(timeout), null, null, null);
    return new RemediationSpec(
        spec.alert(),
        spec.detector(),
        spec.target(),
        spec.action(),
        spec.strategy(),
        spec.github(),
        traceparent,
        verify,
        spec.escalate(),
        spec.serviceAccountName());
  }

  private static V1ObjectMeta metadata(TargetApp app, String name, RemediationSpec spec) {
    V1ObjectMeta owner = app.getMetadata();
    return new V1ObjectMeta()
        .namespace(owner.getNamespace())
        .name(name)
        .labels(
            Map.of(
                Annotations.LABEL_TARGET,
                label(spec.target().name()),
                Annotations.LABEL_DETECTOR,
                Objects.requireNonNullElse(owner.getUid(), "")));
  }

  private static String label(String name) {
    return KubernetesName.labelValue(name);
  }

  void announce(TargetApp app, List<Announcement> announcements) {
    if (announcements.isEmpty()) {
      return;
    }
    ObjectReference about = ObjectReference.to(ServedKinds.TARGET_APPS, app);
    for (Announcement announcement : announcements) {
      // One for each state, however many Events it has; a failed poll is no state.
      if (STATES.contains(announcement.reason())) {
        metrics.announced(ObjectKey.of(app.getMetadata()), announcement.reason().equals(INITIAL));
      }
      events.publish(about, announcement);
    }
  }

  /** As the original's label spells it. */
  private static String actionName(@Nullable ActionType type) {
    return switch (type) {
      case null -> "unknown";
      case RestartPods -> "restart_pod";
      case ScaleTo -> "scale_deployment";
      case PatchResource -> "patch_resource";
      case CallWebhook -> "webhook";
      case ExecCommand -> "exec_command";
      default -> type.name().toLowerCase(Locale.ROOT);
    };
  }
}
