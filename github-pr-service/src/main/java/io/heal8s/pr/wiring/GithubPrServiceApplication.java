// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.wiring;

import io.heal8s.core.boot.Heal8sApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The service that opens pull requests. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({ForgeConfiguration.class, LoopConfiguration.class})
public class GithubPrServiceApplication {

  /** Starts the service. */
  public static void main(String[] arguments) {
    Heal8sApplication.run(GithubPrServiceApplication.class, arguments);
  }
}
