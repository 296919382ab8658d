// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.source.grafana;

import io.heal8s.gateway.intent.IncomingAlert.Status;
import io.heal8s.gateway.source.AlertBatch;
import io.heal8s.gateway.source.AlertBodyReader;
import io.heal8s.gateway.source.AlertSource;
import io.heal8s.gateway.source.Dialect;
import io.heal8s.gateway.source.MalformedBodyException;

/** Grafana's unified alerting. */
public final class GrafanaSource implements AlertSource {

  private final AlertBodyReader reader =
      new AlertBodyReader(new Dialect("grafana", Status.Unknown));

  @Override
  public String id() {
    return "grafana";
  }

  @Override
  public AlertBatch read(byte[] body) throws MalformedBodyException {
    return reader.read(body);
  }
}
