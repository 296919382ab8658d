// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.access.Caller;
import io.heal8s.resource.model.EventType;
import io.heal8s.resource.model.ResourceEvent;
import io.heal8s.resource.rest.EventSelection.Fit;
import io.heal8s.resource.store.EventLog;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventSelectionTest {

  private static final String DATA =
      """
      {"status":"ready","action_plugin":"http","metadata":{"labels":{"env":"prod"}}}
      """;

  @ParameterizedTest(name = "name {0}, status {1}, plugin {2}, labels {3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "any",
      value = {
        "any | any    | any  | any          | NOW",
        "a   | any    | any  | any          | NOW",
        "b   | any    | any  | any          | NEVER",
        "any | ready  | any  | any          | NOW",
        "any | failed | any  | any          | NOT_NOW",
        "any | any    | http | any          | NOW",
        "any | any    | git  | any          | NOT_NOW",
        "any | any    | any  | env=prod     | NOW",
        "any | any    | any  | env!=prod    | NOT_NOW",
        "any | any    | any  | !env         | NOT_NOW",
        "any | any    | any  | tier!=a,env  | NOW",
        "a   | ready  | http | env in (x,prod) | NOW",
        "a   | failed | http | env=prod     | NOT_NOW",
        "b   | failed | any  | any          | NEVER",
      })
  void fits(
      @Nullable String name,
      @Nullable String status,
      @Nullable String plugin,
      @Nullable String labels,
      Fit fit) {
    EventSelection selection =
        new EventSelection(
            EventLog.Filter.ALL,
            Caller.ANYBODY,
            new EventSelection.Of(name, status, plugin, LabelSelector.parse(labels)));
    ResourceEvent event =
        new ResourceEvent(1, EventType.MODIFIED, 7, "a", "T", "v1", DATA, Instant.EPOCH);
    assertThat(selection.fit(event)).isEqualTo(fit);
  }
}
