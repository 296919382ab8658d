// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.model;

import java.util.List;

/**
 * One condition of a label selector.
 *
 * @param key label
 * @param operator what must hold
 * @param values for In and NotIn at least one, otherwise none
 */
public record LabelRequirement(String key, Operator operator, List<String> values) {

  /** What must hold. */
  public enum Operator {
    IN,
    /** Also true where the label is absent, as in Kubernetes. */
    NOT_IN,
    EXISTS,
    DOES_NOT_EXIST
  }

  public LabelRequirement {
    values = List.copyOf(values);
  }
}
