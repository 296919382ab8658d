// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ObjectKey;
import java.util.List;
import java.util.Optional;

/**
 * What the gateway asks of the API server. No call throws for what a server may answer, and each
 * ends in bounded time.
 */
public interface RemediationApi {

  /**
   * Creates a Remediation.
   *
   * @param json the object
   * @return its key once it is stored
   */
  Answer<ObjectKey> create(ObjectKey key, byte[] json);

  /** Reads a Remediation; empty if there is none of that name. */
  Answer<Optional<Remediation>> read(ObjectKey key);

  /**
   * Reads the Remediations of a namespace that carry a label.
   *
   * @param value a valid label value
   */
  Answer<List<Remediation>> list(String namespace, String label, String value);

  /**
   * Sets a condition that is the gateway's own; the others' stay. Fails with Conflict or NotFound
   * if the object that was read is no longer there.
   *
   * @param read the object as it was read
   */
  Answer<Remediation> setCondition(Remediation read, Condition condition);
}
