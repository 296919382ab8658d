// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench.chaos;

import io.heal8s.dev.bench.resources.BenchServer;
import io.heal8s.dev.bench.resources.BenchService;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Equal processes on one database, of which one or the other is killed and started again. */
final class Fleet implements AutoCloseable {

  private static final int LAST_WORDS = 5;

  private final RandomGenerator random;
  private final List<BenchService> all = new ArrayList<>();

  Fleet(BenchServer server, int instances, List<String> settings, RandomGenerator random)
      throws IOException, InterruptedException {
    this.random = random;
    for (int i = 0; i < instances; i++) {
      String name = "instance-" + i;
      // Whose connections are still there is asked when it was killed.
      server.addUser(name);
      all.add(BenchService.start(server, name, name, settings));
    }
    for (BenchService each : all) {
      each.awaitReady();
    }
  }

  /** One that says it is ready; empty when none does. */
  Optional<BenchService> anyReady() {
    List<BenchService> ready = ready();
    return ready.isEmpty()
        ? Optional.empty()
        : Optional.of(ready.get(random.nextInt(ready.size())));
  }

  /**
   * Starts again what ended by itself, as an orchestrator would.
   *
   * @return the end of the log of each
   */
  List<String> revive() {
    List<BenchService> ended =
        all.stream().filter(each -> !each.process().process().isAlive()).toList();
    List<String> lastWords =
        ended.stream().map(each -> each.process().process().lastLogLines(LAST_WORDS)).toList();
    ended.forEach(each -> each.process().restart());
    return lastWords;
  }

  /** One to kill: any that runs, unless it is the last that is ready. */
  Optional<BenchService> victim() {
    List<BenchService> ready = ready();
    List<BenchService> may =
        all.stream()
            .filter(each -> each.process().process().isAlive())
            .filter(each -> ready.size() > 1 || !ready.contains(each))
            .toList();
    return ready.isEmpty() || may.isEmpty()
        ? Optional.empty()
        : Optional.of(may.get(random.nextInt(may.size())));
  }

  /** Ends one as an orchestrator does, starts it again, and returns how long its end took. */
  Duration restart(int number) throws InterruptedException {
    BenchService service = all.get(number);
    long begin = System.nanoTime();
    service.process().close();
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    service.process().restart();
    service.awaitReady();
    return took;
  }

  private List<BenchService> ready() {
    return all.stream().filter(BenchService::isReady).toList();
  }

  @Override
  public void close() {
    all.forEach(BenchService::close);
  }
}
