// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.BulkCreator;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.Precondition;
import io.heal8s.core.effect.Selector;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.core.effect.ServerSideApplier;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The real API server. */
public final class ServerRemediationApi implements RemediationApi {

  /** Field manager of everything that the gateway writes. */
  public static final String FIELD_MANAGER = "heal8s-alert-gateway";

  private final BulkCreator creator;
  private final KubernetesReader reader;
  private final ServerSideApplier applier;

  /**
   * Calls one API server.
   *
   * @param creator creates Remediations under {@link #FIELD_MANAGER}
   * @param api for everything that is rare
   */
  public ServerRemediationApi(BulkCreator creator, KubernetesApi api) {
    this.creator = creator;
    this.reader = new KubernetesReader(api);
    this.applier = new ServerSideApplier(api, FIELD_MANAGER);
  }

  @Override
  public Answer<ObjectKey> create(ObjectKey key, byte[] json) {
    return creator.create(key, json);
  }

  @Override
  public Answer<Optional<Remediation>> read(ObjectKey key) {
    return reader.get(ServedKinds.REMEDIATIONS, key);
  }

  @Override
  public Answer<List<Remediation>> list(String namespace, String label, String value) {
    return reader.list(
        ServedKinds.REMEDIATIONS, Selector.namespace(namespace).withLabels(label + "=" + value));
  }

  @Override
  public Answer<Remediation> setCondition(Remediation read, Condition condition) {
    return applier.applyStatus(
        ServedKinds.REMEDIATIONS,
        ObjectKey.of(read.getMetadata()),
        // SSA would create what is absent; with the uid an object that was deleted stays deleted.
        Precondition.sameObject(read.getMetadata()),
        Map.of("conditions", List.of(condition)));
  }
}
