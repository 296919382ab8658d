// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import java.util.List;

/** What came of reading values from a file. */
public sealed interface ReadResult permits ReadResult.Values, EditResult.Refused {

  /**
   * The values, one for each change that was asked about, in that order.
   *
   * @param values what the file holds
   */
  record Values(List<FieldValue> values) implements ReadResult {

    public Values {
      values = List.copyOf(values);
    }
  }
}
