// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import io.heal8s.dev.bench.chaos.Chaos;
import io.heal8s.dev.bench.chaos.ChaosPlan;
import io.heal8s.dev.bench.chaos.ChaosResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Resource controllers that are killed while they dispatch; each combination takes minutes. */
final class ChaosBench implements Benchmark {

  private final List<Integer> instances;
  private final List<String> onUnknown;

  /**
   * @param instances numbers of processes, one run each
   * @param onUnknown hold, redispatch or both, one run each
   */
  ChaosBench(List<Integer> instances, List<String> onUnknown) {
    this.instances = List.copyOf(instances);
    this.onUnknown = List.copyOf(onUnknown);
  }

  /** The count has no meaning here: it is always a thousand. */
  @Override
  public Map<String, Object> run(int count, Table table) throws Exception {
    List<Map<String, Object>> runs = new ArrayList<>();
    for (String choice : onUnknown) {
      for (int number : instances) {
        table.step(number + " instances, " + choice);
        try (Chaos chaos = new Chaos(ChaosPlan.threeMinutes(number, choice), table::step)) {
          ChaosResult result = chaos.kill();
          table.step(result.toString());
          runs.add(result.json());
        }
      }
    }
    return runs.size() == 1 ? runs.getFirst() : Map.of("runs", runs);
  }
}
