// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.source.alertmanager;

import io.heal8s.gateway.intent.IncomingAlert.Status;
import io.heal8s.gateway.source.AlertBatch;
import io.heal8s.gateway.source.AlertBodyReader;
import io.heal8s.gateway.source.AlertSource;
import io.heal8s.gateway.source.Dialect;
import io.heal8s.gateway.source.MalformedBodyException;

/** Prometheus Alertmanager. */
public final class AlertmanagerSource implements AlertSource {

  private final AlertBodyReader reader =
      new AlertBodyReader(new Dialect("alertmanager", Status.Unknown));

  @Override
  public String id() {
    return "alertmanager";
  }

  @Override
  public AlertBatch read(byte[] body) throws MalformedBodyException {
    return reader.read(body);
  }
}
