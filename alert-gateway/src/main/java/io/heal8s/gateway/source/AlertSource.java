// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.source;

import io.heal8s.core.decide.Provider;

/**
 * A sender of alerts. Implementations hold no state and serve any number of threads; the id is also
 * a metric's label.
 */
public interface AlertSource extends Provider {

  /**
   * Reads a delivery.
   *
   * @param body the whole body as sent; not changed
   * @throws MalformedBodyException if it is not what this sender sends; nothing of it may be acted
   *     on
   */
  AlertBatch read(byte[] body) throws MalformedBodyException;
}
