// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.wiring;

import io.heal8s.core.boot.SuiteNamespace;
import io.heal8s.operator.act.ObjectReader;
import io.heal8s.operator.act.ObjectReader.Reading;
import io.heal8s.operator.gate.Site;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Finds out where the operator runs; asks the API server unless the cluster was named. What hinders
 * it is said once, and makes the service not ready: without a name nothing is ever planned.
 */
final class SiteFinder implements HealthIndicator {

  private static final Logger log = LoggerFactory.getLogger(SiteFinder.class);

  private static final Query.Get KUBE_SYSTEM = new Query.Get("v1", "Namespace", "", "kube-system");
  private static final int DIGITS = 8;
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final OperatorSettings settings;
  private final SuiteNamespace suite;
  private final ObjectReader reader;
  private final Clock clock;

  /** Null while nothing hinders it, as on a replica that does not lead and never asks. */
  private volatile @Nullable String problem;

  private volatile Instant askAgain = Instant.MIN;

  SiteFinder(OperatorSettings settings, SuiteNamespace suite, ObjectReader reader, Clock clock) {
    this.settings = settings;
    this.suite = suite;
    this.reader = reader;
    this.clock = clock;
  }

  /** Empty while it cannot be read; asks at most once in a few seconds. */
  Optional<Site> find() {
    String name = settings.clusterName();
    if (name != null && !name.isBlank()) {
      return Optional.of(new Site(name, suite.name()));
    }
    if (clock.instant().isBefore(askAgain)) {
      return Optional.empty();
    }
    return switch (reader.read(KUBE_SYSTEM)) {
      case Reading.Read read -> site(read.objects());
      case Reading.Failed(String message, Throwable _) -> hindered(message);
      case Reading.UnknownKind(String message) -> hindered(message);
    };
  }

  private Optional<Site> site(List<LiveObject> namespaces) {
    if (namespaces.isEmpty()) {
      return hindered("there is no namespace kube-system");
    }
    problem = null;
    return Optional.of(new Site(namespaces.getFirst().uid().substring(0, DIGITS), suite.name()));
  }

  private Optional<Site> hindered(String message) {
    if (!message.equals(problem)) {
      log.warn(
          "Nothing is planned: the uid of kube-system, which names this cluster, cannot be read"
              + " ({}); give the account that right or set heal8s.operator.cluster-name",
          message);
    }
    problem = message;
    askAgain = clock.instant().plus(PAUSE);
    return Optional.empty();
  }

  @Override
  public Health health() {
    return problem == null ? Health.up().build() : Health.outOfService().build();
  }
}
