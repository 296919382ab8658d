// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import io.heal8s.core.api.k8shealer.remediation.MergedValue;
import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.pr.intent.FileContent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of editing a manifest. */
public sealed interface EditOutcome {

  /**
   * The edited file.
   *
   * @param content all of it
   * @param rows what changed, for people
   */
  record Edited(FileContent content, List<Row> rows) implements EditOutcome {

    public Edited {
      rows = List.copyOf(rows);
    }
  }

  /**
   * One changed value.
   *
   * @param path its path in the object
   * @param before what the file held, null when the field was absent
   * @param after what it holds now, null when the field was removed
   */
  record Row(String path, @Nullable String before, @Nullable String after) {}

  /**
   * Nothing to do.
   *
   * @param values what the file holds at all of the plan's paths
   */
  record Holds(List<MergedValue> values) implements EditOutcome {

    public Holds {
      values = List.copyOf(values);
    }
  }

  /**
   * Not edited.
   *
   * @param reason one that {@link PullRequestReason#stalls() stalls}
   * @param line line of the file, from 1
   * @param message what is in the way and what to change
   */
  record Refused(PullRequestReason reason, int line, String message) implements EditOutcome {}
}
