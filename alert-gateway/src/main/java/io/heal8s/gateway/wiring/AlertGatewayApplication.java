// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.wiring;

import io.heal8s.core.boot.FormerFlags;
import io.heal8s.core.boot.Heal8sApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The alert gateway. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({
  ClusterConfiguration.class,
  GatewayConfiguration.class,
  HotPathConfiguration.class,
  WebhookConfiguration.class
})
public class AlertGatewayApplication {

  /** Flags of the first release's operator, whose webhook this service is. */
  static final FormerFlags FORMER_FLAGS =
      FormerFlags.ofControllerRuntime()
          .text("webhook-port", "server.port")
          .address("metrics-bind-address", "heal8s.gateway.metrics-port")
          // All replicas of the gateway work; there is nothing to elect.
          .ignoredSwitch("leader-elect");

  /** Starts the gateway. */
  public static void main(String[] args) {
    Heal8sApplication.run(AlertGatewayApplication.class, FORMER_FLAGS, args);
  }
}
