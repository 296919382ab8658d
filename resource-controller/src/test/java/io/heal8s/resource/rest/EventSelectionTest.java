// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.access.Caller;
import io.heal8s.resource.model.EventType;
import io.heal8s.resource.model.ResourceEvent;
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
        "any | any    | any  | any          | true",
        "a   | any    | any  | any          | true",
        "b   | any    | any  | any          | false",
        "any | ready  | any  | any          | true",
        "any | failed | any  | any          | false",
        "any | any    | http | any          | true",
        "any | any    | git  | any          | false",
        "any | any    | any  | env=prod     | true",
        "any | any    | any  | env!=prod    | false",
        "any | any    | any  | !env         | false",
        "any | any    | any  | tier!=a,env  | true",
        "a   | ready  | http | env in (x,prod) | true",
        "a   | failed | http | env=prod     | false",
      })
  void selects(
      @Nullable String name,
      @Nullable String status,
      @Nullable String plugin,
      @Nullable String labels,
      boolean selected) {
    EventSelection selection =
        new EventSelection(
            EventLog.Filter.ALL,
            Caller.ANYBODY,
            new EventSelection.Of(name, status, plugin, LabelSelector.parse(labels)));
    ResourceEvent event =
        new ResourceEvent(1, EventType.MODIFIED, 7, "a", "T", "v1", DATA, Instant.EPOCH);
    assertThat(selection.selects(event)).isEqualTo(selected);
  }
}
