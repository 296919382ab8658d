// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.wiring;

import io.heal8s.core.boot.Heal8sApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The service that opens pull requests. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({ForgeConfiguration.class, LoopConfiguration.class, WebhookConfiguration.class})
public class GithubPrServiceApplication {

  /** Starts the service. */
  public static void main(String[] arguments) {
    if (FormerSettings.asksForHelp(arguments)) {
      System.out.print(FormerSettings.HELP);
      return;
    }
    String[] translated;
    try {
      translated = new FormerSettings(System.getenv()).translate(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("cannot start: " + e.getMessage());
      System.exit(Heal8sApplication.CANNOT_START);
      return;
    }
    Heal8sApplication.run(GithubPrServiceApplication.class, translated);
  }
}
