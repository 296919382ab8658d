// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.wiring;

import io.heal8s.core.boot.FormerFlags;
import io.heal8s.core.boot.Heal8sApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The remediation operator. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({ClusterConfiguration.class, LoopConfiguration.class})
public class RemediationOperatorApplication {

  /** Flags of the first release's operator, whose controller this service is. */
  static final FormerFlags FORMER_FLAGS =
      FormerFlags.ofControllerRuntime()
          .address("metrics-bind-address", "heal8s.operator.metrics-port")
          .text("webhook-port", "heal8s.operator.former-webhook-port")
          .toggle("leader-elect", "heal8s.leader-election.enabled");

  /** Starts the operator. */
  public static void main(String[] args) {
    Heal8sApplication.run(RemediationOperatorApplication.class, FORMER_FLAGS, args);
  }
}
