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

  @ParameterizedTest(name = "name {0}, version {1}, status {2}, plugin {3}, labels {4}")
  @CsvSource(
      delimiter = '|',
      nullValues = "any",
      value = {
        "any | any | any    | any  | any          | NOW",
        "a   | any | any    | any  | any          | NOW",
        "b   | any | any    | any  | any          | NEVER",
        "any | any | ready  | any  | any          | NOW",
        "any | any | failed | any  | any          | NOT_NOW",
        "any | any | any    | http | any          | NOW",
        "any | any | any    | git  | any          | NOT_NOW",
        "any | any | any    | any  | env=prod     | NOW",
        "any | any | any    | any  | env!=prod    | NOT_NOW",
        "any | any | any    | any  | !env         | NOT_NOW",
        "any | any | any    | any  | tier!=a,env  | NOW",
        "a   | any | ready  | http | env in (x,prod) | NOW",
        "a   | any | failed | http | env=prod     | NOT_NOW",
        "b   | any | failed | any  | any          | NEVER",
        "any | v1  | any    | any  | any          | NOW",
        "any | v2  | any    | any  | any          | NOT_NOW",
        "any | v1  | failed | any  | any          | NOT_NOW",
        "any | v2  | ready  | any  | env=prod     | NOT_NOW",
        "b   | v1  | any    | any  | any          | NEVER",
      })
  void fits(
      @Nullable String name,
      @Nullable String version,
      @Nullable String status,
      @Nullable String plugin,
      @Nullable String labels,
      Fit fit) {
    EventSelection selection =
        new EventSelection(
            EventLog.Filter.ALL,
            Caller.ANYBODY,
            new EventSelection.Of(name, version, status, plugin, LabelSelector.parse(labels)));
    ResourceEvent event =
        new ResourceEvent(1, EventType.MODIFIED, 7, "a", "T", "v1", DATA, Instant.EPOCH);
    assertThat(selection.fit(event)).isEqualTo(fit);
  }
}
