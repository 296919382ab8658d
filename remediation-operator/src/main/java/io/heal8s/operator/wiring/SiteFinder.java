// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.wiring;

import io.heal8s.core.boot.SuiteNamespace;
import io.heal8s.operator.act.ObjectReader;
import io.heal8s.operator.act.ObjectReader.Reading;
import io.heal8s.operator.gate.Site;
import io.heal8s.operator.target.Query;
import java.util.Optional;

/** Finds out where the operator runs; asks the API server unless the cluster was named. */
final class SiteFinder {

  private static final Query.Get KUBE_SYSTEM = new Query.Get("v1", "Namespace", "", "kube-system");
  private static final int DIGITS = 8;

  private final OperatorSettings settings;
  private final SuiteNamespace suite;
  private final ObjectReader reader;

  SiteFinder(OperatorSettings settings, SuiteNamespace suite, ObjectReader reader) {
    this.settings = settings;
    this.suite = suite;
    this.reader = reader;
  }

  /** Empty while it cannot be read. */
  Optional<Site> find() {
    String name = settings.clusterName();
    if (name != null && !name.isBlank()) {
      return Optional.of(new Site(name, suite.name()));
    }
    return switch (reader.read(KUBE_SYSTEM)) {
      case Reading.Read read ->
          read.objects().stream()
              .findFirst()
              .map(namespace -> new Site(namespace.uid().substring(0, DIGITS), suite.name()));
      case Reading.Failed _, Reading.UnknownKind _ -> Optional.empty();
    };
  }
}
