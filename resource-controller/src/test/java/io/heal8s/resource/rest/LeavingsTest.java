// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import static io.heal8s.resource.model.EventType.CREATED;
import static io.heal8s.resource.model.EventType.DELETED;
import static io.heal8s.resource.model.EventType.FAILED;
import static io.heal8s.resource.model.EventType.MODIFIED;
import static io.heal8s.resource.model.EventType.RECONCILED;
import static io.heal8s.resource.rest.EventSelection.Fit.NEVER;
import static io.heal8s.resource.rest.EventSelection.Fit.NOT_NOW;
import static io.heal8s.resource.rest.EventSelection.Fit.NOW;
import static io.heal8s.resource.rest.Leavings.Told.AS_IT_IS;
import static io.heal8s.resource.rest.Leavings.Told.LEFT;
import static io.heal8s.resource.rest.Leavings.Told.NOTHING;
import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.model.EventType;
import io.heal8s.resource.model.ResourceEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeavingsTest {

  private int room = 2;
  private final Leavings leavings = new Leavings(() -> room);

  private Leavings.Told told(long id, EventType type, EventSelection.Fit fit) {
    return leavings.told(
        new ResourceEvent(1, type, id, "name-" + id, "T", "v1", "{}", Instant.EPOCH), fit);
  }

  @Test
  void whatFittedAndDoesNotAnyMoreHasLeftOnce() {
    assertThat(told(1, CREATED, NOW)).isEqualTo(AS_IT_IS);
    assertThat(told(1, FAILED, NOT_NOW)).isEqualTo(LEFT);
    assertThat(told(1, FAILED, NOT_NOW)).isEqualTo(NOTHING);
    assertThat(told(1, RECONCILED, NOW)).isEqualTo(AS_IT_IS);
    assertThat(told(1, MODIFIED, NOT_NOW)).isEqualTo(LEFT);
  }

  @Test
  void ofWhatTheListenerMayHaveHadBeforeItIsToldToo() {
    assertThat(told(1, MODIFIED, NOT_NOW)).isEqualTo(LEFT);
    assertThat(told(1, MODIFIED, NOT_NOW)).isEqualTo(NOTHING);
  }

  @Test
  void whatIsNewAndDoesNotFitWasNeverThere() {
    assertThat(told(1, CREATED, NOT_NOW)).isEqualTo(NOTHING);
    assertThat(told(1, RECONCILED, NOT_NOW)).isEqualTo(NOTHING);
  }

  @Test
  void whatIsGoneIsToldWhereverItWas() {
    assertThat(told(1, DELETED, NOW)).isEqualTo(AS_IT_IS);
    assertThat(told(2, DELETED, NOT_NOW)).isEqualTo(AS_IT_IS);
    assertThat(told(3, CREATED, NOT_NOW)).isEqualTo(NOTHING);
    assertThat(told(3, DELETED, NOT_NOW)).isEqualTo(AS_IT_IS);
  }

  @Test
  void ofOthersNothingIsTold() {
    for (EventType type : EventType.values()) {
      assertThat(told(1, type, NEVER)).isEqualTo(NOTHING);
    }
  }

  @Test
  void whatIsForgottenIsToldAgain() {
    assertThat(told(1, MODIFIED, NOT_NOW)).isEqualTo(LEFT);
    assertThat(told(2, MODIFIED, NOT_NOW)).isEqualTo(LEFT);
    assertThat(told(1, MODIFIED, NOT_NOW)).isEqualTo(NOTHING);
    assertThat(told(3, MODIFIED, NOT_NOW)).isEqualTo(LEFT);
    assertThat(told(1, MODIFIED, NOT_NOW)).as("heard of lately").isEqualTo(NOTHING);
    assertThat(told(2, MODIFIED, NOT_NOW)).as("forgotten").isEqualTo(LEFT);
  }

  @Test
  void whereThereIsLessRoomTheOldestAreForgotten() {
    room = 3;
    for (long id = 1; id <= 3; id++) {
      assertThat(told(id, MODIFIED, NOT_NOW)).isEqualTo(LEFT);
    }
    room = 1;
    assertThat(told(3, MODIFIED, NOT_NOW)).isEqualTo(NOTHING);
    assertThat(told(2, MODIFIED, NOT_NOW)).as("forgotten").isEqualTo(LEFT);
  }
}
