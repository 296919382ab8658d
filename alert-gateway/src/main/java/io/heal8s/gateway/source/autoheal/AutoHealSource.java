// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.source.autoheal;

import io.heal8s.gateway.intent.IncomingAlert.Status;
import io.heal8s.gateway.source.AlertBatch;
import io.heal8s.gateway.source.AlertBodyReader;
import io.heal8s.gateway.source.AlertSource;
import io.heal8s.gateway.source.Dialect;
import io.heal8s.gateway.source.MalformedBodyException;

/** Whoever calls {@code /webhook}: an Alertmanager, or a script that sends labels alone. */
public final class AutoHealSource implements AlertSource {

  private final AlertBodyReader reader =
      new AlertBodyReader(new Dialect("alertmanager", Status.Firing));

  @Override
  public String id() {
    return "autoheal";
  }

  @Override
  public AlertBatch read(byte[] body) throws MalformedBodyException {
    return reader.read(body);
  }
}
