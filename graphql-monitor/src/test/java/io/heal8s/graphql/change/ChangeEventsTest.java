// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.heal8s.core.decide.Announcement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much a single change may tell; the words are the golden trials'. */
class ChangeEventsTest {

  @Test
  void notEveryFieldOfAVeryLargeStateIsAnEvent() {
    List<Announcement> events =
        ChangeEvents.of("shop", StateDiff.between(services(80, "ok"), services(80, "down")));

    assertThat(events).hasSize(1 + ChangeEvents.MOST_FIELDS);
    assertThat(events.getFirst().message()).endsWith(" and 75 more");
    assertThat(events.getLast().reason()).isEqualTo("StatusChanged");
  }

  @Test
  void asManyAsPeopleReadAreAllTold() {
    int most = ChangeEvents.MOST_FIELDS;

    assertThat(
            ChangeEvents.of(
                "shop", StateDiff.between(services(most, "ok"), services(most, "down"))))
        .hasSize(1 + most);
  }

  private static JsonObject services(int count, String status) {
    JsonObject services = new JsonObject();
    for (int i = 0; i < count; i++) {
      JsonObject service = new JsonObject();
      service.addProperty("status", status);
      services.add("s" + i, service);
    }
    return services;
  }
}
