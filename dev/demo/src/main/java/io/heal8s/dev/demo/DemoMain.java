// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import io.heal8s.dev.suite.Distribution;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./heal8s demo}: the main job, start to end, in front of a person. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the main job on a real Kubernetes API server: a shop runs out of memory, Alertmanager",
      "tells heal8s, a pull request raises the limit, a reviewer merges it, the shop is seen"
          + " healthy.",
      "With the story graphql: an app says over GraphQL that it is unhealthy, is restarted, says",
      "that it is healthy."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the Remediation ended Succeeded",
      "1:it did not, or something did not start",
      "2:wrong use"
    })
public final class DemoMain implements Callable<Integer> {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "STORY",
      defaultValue = "shop",
      description = "shop or graphql (default ${DEFAULT-VALUE})")
  private Story story = Story.shop;

  /** What is shown. */
  enum Story {
    shop,
    graphql
  }

  @Option(
      names = "--direct",
      description = "change the workload directly, after an approval, instead of through git")
  private boolean direct;

  @Option(names = "--keep", description = "leave everything running at the end, until Ctrl-C")
  private boolean keep;

  @Option(
      names = "--json",
      description = "print one line of JSON at the end, and the rest to standard error")
  private boolean json;

  private DemoMain() {}

  /** Runs the demo and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new DemoMain()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    PrintStream out = json ? System.err : System.out;
    Timeline timeline = new Timeline(out, InstantSource.system());
    DemoPlan plan = new DemoPlan(direct, Distribution.repository(Path.of("").toAbsolutePath()));
    return switch (story) {
      case shop -> shop(plan, timeline, out);
      case graphql -> graphql(plan, timeline, out);
    };
  }

  private int graphql(DemoPlan plan, Timeline timeline, PrintStream out) throws Exception {
    try (GraphqlScenario scenario = new GraphqlScenario(plan, timeline, InstantSource.system())) {
      GraphqlReport report = scenario.run();
      if (json) {
        System.out.println(report.json());
      }
      return report.phase().equals("Succeeded") ? 0 : 1;
    } catch (IllegalStateException | TimeoutException e) {
      out.println();
      out.println("The demo failed: " + e.getMessage());
      return 1;
    }
  }

  private int shop(DemoPlan plan, Timeline timeline, PrintStream out) throws Exception {
    try (ShopScenario scenario = new ShopScenario(plan, timeline, InstantSource.system())) {
      DemoReport report = scenario.run();
      if (json) {
        System.out.println(report.json());
      }
      if (keep) {
        scenario.keep();
      }
      return report.phase().equals("Succeeded") ? 0 : 1;
    } catch (IllegalStateException | TimeoutException e) {
      out.println();
      out.println("The demo failed: " + e.getMessage());
      return 1;
    }
  }
}
