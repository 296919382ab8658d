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
  public static void main(String[] arguments) {
    Heal8sApplication.run(RemediationOperatorApplication.class, arguments);
  }
}
