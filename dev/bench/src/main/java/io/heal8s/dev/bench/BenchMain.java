// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./heal8s bench NAME}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures whole services against a real API server on this machine.",
      "  intake   alerts per second beside what the API server can do; nothing lost or doubled",
      "  loop     reconciles per second and core, writes and memory at rest",
      "  startup  time to ready and memory of every service",
      "  graphql  TargetApps polled by one replica on one core, and how soon a change is acted on;",
      "           graphql-rest and graphql-flips are its two parts",
      "  resources  REST, reconcile loop and events of the resource controller; --only for parts:",
      "             rest, engine, start, ready, stream",
      "  chaos    resource controllers killed while they dispatch, on a database that is restarted"
    })
public final class BenchMain implements Callable<Integer> {

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "intake, loop, startup, graphql, resources or chaos")
  private String name = "";

  @Option(
      names = "--json",
      description = "print one line of JSON at the end, and the rest to standard error")
  private boolean json;

  @Option(
      names = "--count",
      defaultValue = "10000",
      description = "size of the benchmark: alerts or objects (default ${DEFAULT-VALUE})")
  private int count;

  @Option(
      names = "--state-bytes",
      defaultValue = "0",
      description = "size of an application's state, of graphql (default: about 120)")
  private int stateBytes;

  @Option(names = "--only", split = ",", description = "parts of the benchmark, where it has any")
  private List<String> only = List.of();

  @Option(
      names = "--instances",
      split = ",",
      defaultValue = "2,4",
      description = "processes that share the work, of chaos (default ${DEFAULT-VALUE})")
  private List<Integer> instances = List.of();

  @Option(
      names = "--on-unknown",
      split = ",",
      defaultValue = "hold,redispatch",
      description = "what chaos does with unsure dispatches (default ${DEFAULT-VALUE})")
  private List<String> onUnknown = List.of();

  private BenchMain() {}

  /** Runs one benchmark and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new BenchMain()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Map<String, Benchmark> benchmarks =
        Map.of(
            "intake", new IntakeBench(),
            "loop", new LoopBench(),
            "startup", new StartupBench(),
            "graphql", new GraphqlBench(true, true, stateBytes),
            "graphql-rest", new GraphqlBench(true, false, stateBytes),
            "graphql-flips", new GraphqlBench(false, true, stateBytes),
            "resources", new ResourcesBench(only),
            "chaos", new ChaosBench(instances, onUnknown));
    Benchmark benchmark = benchmarks.get(name);
    if (benchmark == null) {
      System.err.println(
          "no benchmark '"
              + name
              + "'; there are intake, loop, startup, graphql, resources and chaos");
      return 2;
    }
    Table table = new Table(json ? System.err : System.out);
    Map<String, Object> figures = benchmark.run(count, table);
    if (json) {
      System.out.println(new com.google.gson.Gson().toJson(figures));
    }
    return 0;
  }
}
