// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.webhook;

import io.heal8s.core.http.inbound.RefusalListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What became of deliveries; every label has a closed set of values. */
public final class WebhookMetrics implements RefusalListener {

  private final MeterRegistry meters;

  /** Counts there. */
  public WebhookMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  /** What a delivery that was taken led to. */
  enum Result {
    /** Remediations are looked at again. */
    woken,
    /** A pull request that belongs to none. */
    unknown,
    /** Another kind of event. */
    ignored
  }

  void taken(Result result) {
    count(result.name());
  }

  @Override
  public void refused(int status, String reason) {
    count(reason);
  }

  private void count(String result) {
    Counter.builder("heal8s.pr.webhook.deliveries")
        .description("Deliveries of GitHub's webhook, by what became of them or why refused.")
        .tags("result", result)
        .register(meters)
        .increment();
  }
}
