// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.wiring;

import io.heal8s.core.boot.Heal8sApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The remediation operator. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({ClusterConfiguration.class, LoopConfiguration.class})
public class RemediationOperatorApplication {

  /** Starts the operator. */
  public static void main(String[] args) {
    String[] arguments;
    try {
      arguments = FormerFlags.translate(args);
    } catch (IllegalArgumentException e) {
      System.err.println("cannot start: " + e.getMessage());
      System.exit(Heal8sApplication.CANNOT_START);
      return;
    }
    Heal8sApplication.run(RemediationOperatorApplication.class, arguments);
  }
}
