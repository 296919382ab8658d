// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.sim;

import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Where a story plays: whoever is killed is followed by a new process. */
final class Stage {

  final World world = new World();
  final People people = new People(world);
  private Operator operator = new Operator(world);
  int deaths;

  /** Why each Remediation was where it was when a process died. */
  final List<String> reasonsAtDeath = new ArrayList<>();

  void step(Duration time) {
    world.pass(time);
    for (; ; ) {
      try {
        operator.settle();
        return;
      } catch (Killed killed) {
        deaths++;
        world.remediations.all().stream()
            .map(one -> String.valueOf(one.statusOrEmpty().reason()))
            .forEach(reasonsAtDeath::add);
        operator = new Operator(world);
      }
    }
  }

  RemediationStatus status(String name) {
    return world.remediations.get(name).statusOrEmpty();
  }
}
