// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.api;

import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Annotations;
import io.heal8s.core.api.k8shealer.remediation.ArgumentsFrom;
import io.heal8s.core.api.k8shealer.remediation.Detector;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.Page;
import io.heal8s.core.effect.Selector;
import io.heal8s.core.effect.ServedKinds;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Remediations that a TargetApp asked for, fresh from the API server: nobody watches them. They
 * are found by their label and known by their detector, because anybody may write a label.
 */
public final class RemediationList {

  private static final Logger log = LoggerFactory.getLogger(RemediationList.class);

  /** Questions at one time, so that callers of this interface take nothing from the monitor's. */
  private static final int AT_ONCE = 4;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private static final int PAGE = 100;

  /**
   * The schema's {@code Remediation}. What it says in sentences may name addresses that only the
   * namespace's owner is to read, so it is left out.
   */
  public record View(
      String name,
      String action,
      @Nullable Integer actionIndex,
      Instant createdAt,
      @Nullable String phase,
      @Nullable String reason,
      @Nullable Instant resolvedAt) {

    static View of(Remediation remediation) {
      ActionType type = remediation.spec().action().type();
      ArgumentsFrom arguments = remediation.spec().action().argumentsFrom();
      Phase phase = remediation.statusOrEmpty().phase();
      return new View(
          Objects.requireNonNullElse(remediation.getMetadata().getName(), ""),
          type == null ? "Unknown" : type.name(),
          arguments == null ? null : arguments.actionIndex(),
          created(remediation),
          phase == null ? null : phase.name(),
          remediation.statusOrEmpty().reason(),
          AppView.instant(remediation.statusOrEmpty().resolvedAt()));
    }

    private static Instant created(Remediation remediation) {
      var time = remediation.getMetadata().getCreationTimestamp();
      return time == null ? Instant.EPOCH : time.toInstant();
    }
  }

  private static final Comparator<View> NEWEST_FIRST =
      Comparator.comparing(View::createdAt).reversed().thenComparing(View::name);

  private final Semaphore turns = new Semaphore(AT_ONCE, true);
  private final KubernetesReader reader;

  /** Asks through that reader. */
  public RemediationList(KubernetesReader reader) {
    this.reader = reader;
  }

  /** The newest ones, newest first. */
  List<View> of(TargetApp app, int first) {
    String namespace = Objects.requireNonNullElse(app.getMetadata().getNamespace(), "");
    String uid = Objects.requireNonNullElse(app.getMetadata().getUid(), "");
    Selector selector =
        Selector.namespace(namespace).withLabels(Annotations.LABEL_DETECTOR + "=" + uid);
    if (!waited()) {
      throw RefusedException.unavailable("too many ask for Remediations at once: try again");
    }
    try {
      return newest(selector, uid, first);
    } finally {
      turns.release();
    }
  }

  // Page by page: an app may have asked for more in its life than fit into memory.
  private List<View> newest(Selector selector, String uid, int first) {
    PriorityQueue<View> kept = new PriorityQueue<>(NEWEST_FIRST.reversed());
    String next = null;
    do {
      Page<Remediation> page = page(selector, next);
      for (Remediation one : page.items()) {
        if (isDetectedBy(one, uid)) {
          kept.add(View.of(one));
          if (kept.size() > first) {
            kept.remove();
          }
        }
      }
      next = page.next();
    } while (next != null);
    return kept.stream().sorted(NEWEST_FIRST).toList();
  }

  private Page<Remediation> page(Selector selector, @Nullable String token) {
    return switch (reader.page(ServedKinds.REMEDIATIONS, selector, PAGE, token)) {
      case Answer.Ok<Page<Remediation>>(Page<Remediation> page) -> page;
      case Answer.Failed<Page<Remediation>>(ApiFailure failure) -> {
        log.atWarn()
            .addKeyValue("key", selector.namespace())
            .addKeyValue("error", failure.message())
            .log("Remediations cannot be listed");
        throw RefusedException.unavailable("Remediations cannot be read now: try again");
      }
    };
  }

  private boolean waited() {
    try {
      return turns.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isDetectedBy(Remediation remediation, String uid) {
    Detector detector = remediation.spec().detector();
    return detector != null && detector.kind().equals(TargetApp.KIND) && uid.equals(detector.uid());
  }
}
