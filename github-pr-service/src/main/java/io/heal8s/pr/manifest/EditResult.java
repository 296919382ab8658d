// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What came of an edit. */
public sealed interface EditResult {

  /**
   * The file with the changes made.
   *
   * @param text the whole edited file; encoded as UTF-8 it has every byte outside the changed
   *     values unchanged, a byte order mark included
   * @param edits the changes that were made, in the order they were asked for; changes that the
   *     file already held are not among them
   */
  record Edited(String text, List<LineEdit> edits) implements EditResult {

    public Edited {
      edits = List.copyOf(edits);
    }

    /** The edited file's bytes. */
    public byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /**
   * Nothing to do: the file holds every planned value already, or more of it where the plan raises
   * a quantity or a number (less, where it lowers one).
   *
   * @param values what it holds
   */
  record AlreadyHolds(List<FieldValue> values) implements EditResult {

    public AlreadyHolds {
      values = List.copyOf(values);
    }
  }

  /**
   * The file is not edited.
   *
   * @param refusal the case
   * @param line line of the file that the reason is about, from 1
   * @param reason one line that says what is in the way and what to change
   */
  record Refused(Refusal refusal, int line, String reason) implements EditResult, ReadResult {}
}
