// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.intent;

import io.heal8s.core.api.k8shealer.remediation.RemediationSpec;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.decide.Announcement;
import io.heal8s.core.decide.Intent;
import java.util.List;

/**
 * What the monitor may want done for one application. The intents of a decision are done in their
 * order; when one fails the rest is dropped and the decision is made anew on what is then recorded.
 */
public sealed interface MonitorIntent extends Intent {

  /**
   * Writes the whole status, under the resourceVersion that the decision was made on. Once it is
   * written the memory takes effect and the announcements are told; not before, or a crash would
   * tell them twice.
   *
   * @param status replaces the status
   * @param memory what this process knows from then on
   * @param events what people are told
   */
  record Record(TargetAppStatus status, Memory memory, List<Announcement> events)
      implements MonitorIntent {
    public Record {
      events = List.copyOf(events);
    }
  }

  /**
   * Keeps a change in memory and tells people, without a write: nothing watched moved, and the last
   * write is not long ago.
   *
   * @param memory what this process knows from then on
   * @param events what people are told
   */
  record Note(Memory memory, List<Announcement> events) implements MonitorIntent {
    public Note {
      events = List.copyOf(events);
    }
  }

  /**
   * Creates a Remediation in the application's namespace; one of that name that is already there is
   * the same one, so a conflict is success.
   *
   * @param name its name
   * @param spec its spec
   */
  record Create(String name, RemediationSpec spec) implements MonitorIntent {}
}
