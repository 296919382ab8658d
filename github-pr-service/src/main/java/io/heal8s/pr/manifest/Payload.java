// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import io.heal8s.core.api.k8shealer.remediation.Change.ValueType;

/** What is put under a new key. */
sealed interface Payload {

  /**
   * The text inside braces.
   *
   * @param quoted whether texts stand in double quotes there, as in JSON
   */
  String inFlow(boolean quoted);

  /**
   * The text after the colon of a key in this column, the blank or line break before it included.
   */
  String afterKey(int column);

  /** A planned value. */
  record Value(ScalarWriter writer, String value, ValueType type) implements Payload {

    @Override
    public String inFlow(boolean quoted) {
      return quoted && type == ValueType.string
          ? ScalarWriter.doubleQuoted(value)
          : writer.fresh(value, type, true);
    }

    @Override
    public String afterKey(int column) {
      return " " + writer.fresh(value, type, false);
    }
  }

  /** A node that stands elsewhere too. */
  record Copy(NodeCopy copies, Node node) implements Payload {

    @Override
    public String inFlow(boolean quoted) {
      return copies.flow(node);
    }

    @Override
    public String afterKey(int column) {
      return copies.afterKey(node, column, null);
    }
  }
}
