// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.Selector;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.core.observe.Change;
import io.heal8s.core.observe.Informers;
import io.heal8s.core.observe.Watched;
import io.heal8s.core.runtime.SystemScheduler;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** When the first new Remediation of each TargetApp was seen, by a watch. */
final class RequestedRemediations implements AutoCloseable {

  private final SystemScheduler scheduler = new SystemScheduler();
  private final Informers informers;
  private final Map<String, Long> seen = new ConcurrentHashMap<>();

  RequestedRemediations(ApiClient admin, String namespace) {
    this.informers =
        new Informers(
            new KubernetesApi(admin, Duration.ofSeconds(20)),
            scheduler,
            Executors.newVirtualThreadPerTaskExecutor(),
            new Random());
    informers
        .watch(Watched.required(ServedKinds.REMEDIATIONS).only(Selector.namespace(namespace)))
        .onChange(this::changed);
    informers.start();
  }

  private void changed(Change<Remediation> change) {
    Remediation remediation = change.after();
    if (change.before() == null && remediation != null && remediation.spec().detector() != null) {
      seen.putIfAbsent(remediation.spec().detector().name(), System.nanoTime());
    }
  }

  /** From now on only those count that are new. */
  void forget() {
    seen.clear();
  }

  boolean synced() {
    return informers.synced();
  }

  /** When that app's was seen, {@link System#nanoTime}. */
  OptionalLong of(String app) {
    Long at = seen.get(app);
    return at == null ? OptionalLong.empty() : OptionalLong.of(at);
  }

  @Override
  public void close() {
    informers.stop();
    scheduler.close();
  }
}
