// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import com.google.gson.JsonObject;
import io.heal8s.dev.suite.Distribution;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./heal8s demo}: the main job, start to end, in front of a person. */
@Command(
    name = "./heal8s demo",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the main job on a real Kubernetes API server: a shop runs out of memory, Alertmanager"
          + " tells heal8s, a pull request raises the limit, a reviewer merges it, the shop is seen"
          + " healthy.",
      "With the story graphql: an app says over GraphQL that it is unhealthy, is restarted, says"
          + " that it is healthy.",
      "With the story resources: a database cluster is wanted from the resource controller, made by"
          + " a workflow, changed after an approval, and removed. It needs no Kubernetes."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the Remediation ended Succeeded, the resource was made and removed",
      "1:it did not, or something did not start",
      "2:wrong use"
    })
public final class DemoMain implements Callable<Integer> {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "STORY",
      defaultValue = "shop",
      description = "shop, graphql or resources (default ${DEFAULT-VALUE})")
  private Story story = Story.shop;

  /** What is shown. */
  enum Story {
    shop,
    graphql,
    resources
  }

  @Option(
      names = "--direct",
      description = "change the workload directly, after an approval, instead of through git")
  private boolean direct;

  @Option(
      names = "--github",
      paramLabel = "OWNER/REPO",
      description = {
        "use that repository at GitHub instead of a git repository on this machine. The demo pushes",
        "heal8s-demo/shop/shop-api.yaml to its default branch, heal8s opens a pull request there, and",
        "the demo merges it and deletes its branch. The token comes from the environment:",
        "GITHUB_TOKEN, or GITHUB_TOKEN_FILE with the name of its file; it must be allowed to write",
        "contents, pull requests and issues."
      })
  private @Nullable String github;

  @Option(
      names = "--github-api",
      paramLabel = "URL",
      description = {
        "root of the REST API of an Enterprise Server, https://HOST/api/v3; HEAL8S_GITHUB_API_URL does",
        "the same (default: https://api.github.com)"
      })
  private @Nullable String githubApi;

  @Option(names = "--keep", description = "leave everything running at the end, until Ctrl-C")
  private boolean keep;

  @Option(
      names = "--json",
      description = "print one line of JSON at the end, and the rest to standard error")
  private boolean json;

  private final Map<String, String> environment;

  private DemoMain(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Runs the demo and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(System.getenv(), arguments));
  }

  /**
   * Runs the demo.
   *
   * @param environment where credentials are looked for
   * @return the exit code
   */
  public static int run(Map<String, String> environment, String... arguments) {
    return new CommandLine(new DemoMain(environment)).execute(arguments);
  }

  @Override
  public Integer call() throws Exception {
    PrintStream out = json ? System.err : System.out;
    GithubTarget target;
    try {
      target = target();
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      return 2;
    }
    Timeline timeline = new Timeline(out, InstantSource.system());
    Path repository = Distribution.repository(Path.of("").toAbsolutePath());
    DemoPlan plan = new DemoPlan(direct, repository, target);
    return switch (story) {
      case shop -> shop(plan, timeline, out);
      case graphql -> graphql(plan, timeline, out);
      case resources -> resources(timeline, out);
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
      return failed(e, out);
    }
  }

  private int resources(Timeline timeline, PrintStream out) throws Exception {
    try (ResourcesScenario scenario = new ResourcesScenario(timeline, InstantSource.system())) {
      ResourcesReport report = scenario.run();
      if (json) {
        System.out.println(report.json());
      }
      return report.state().equals("Deleted") ? 0 : 1;
    } catch (IllegalStateException | TimeoutException e) {
      return failed(e, out);
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
      return failed(e, out);
    }
  }

  private int failed(Exception why, PrintStream out) {
    out.println();
    out.println("The demo failed: " + why.getMessage());
    if (json) {
      JsonObject line = new JsonObject();
      line.addProperty("failed", why.getMessage());
      System.out.println(line);
    }
    return 1;
  }

  private @Nullable GithubTarget target() {
    if (github == null) {
      return null;
    }
    if (direct || story != Story.shop) {
      throw new IllegalArgumentException(
          (direct ? "--direct" : "this story")
              + " makes no pull request: leave it or --github out");
    }
    return GithubTarget.of(github, githubApi, environment);
  }
}
