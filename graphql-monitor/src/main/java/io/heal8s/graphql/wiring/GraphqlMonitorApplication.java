// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import io.heal8s.core.boot.FormerFlags;
import io.heal8s.core.boot.Heal8sApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The monitor of TargetApps. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({
  ClusterConfiguration.class,
  JudgementConfiguration.class,
  PollConfiguration.class,
  PagesConfiguration.class,
  ApiConfiguration.class
})
public class GraphqlMonitorApplication {

  /** Starts the monitor. */
  public static void main(String[] args) {
    String[] arguments;
    try {
      arguments = FormerEnvironment.beside(System.getenv(), args);
    } catch (IllegalArgumentException wrong) {
      System.err.println("cannot start: " + wrong.getMessage());
      System.exit(Heal8sApplication.CANNOT_START);
      return;
    }
    Heal8sApplication.run(GraphqlMonitorApplication.class, FormerFlags.none(), arguments);
  }
}
