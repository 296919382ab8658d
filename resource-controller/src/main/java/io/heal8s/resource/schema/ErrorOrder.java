// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.schema;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Errors in the order of the schema's keys as {@code jsonb} keeps them, element by element where
 * one part of the schema judges many.
 */
final class ErrorOrder implements Comparator<Error> {

  /** Keywords whose schema is applied to one element after the other. */
  private static final Set<String> PER_ELEMENT = Set.of("items", "additionalItems");

  @Override
  public int compare(Error left, Error right) {
    List<Object> a = steps(left);
    List<Object> b = steps(right);
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = compareSteps(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static int compareSteps(Object left, Object right) {
    if (left instanceof Integer a && right instanceof Integer b) {
      return a.compareTo(b);
    }
    return JsonbKeyOrder.INSTANCE.compare(left.toString(), right.toString());
  }

  /** The way through the schema, with the element's index where it went through the elements. */
  private static List<Object> steps(Error error) {
    NodePath schema = error.getEvaluationPath();
    NodePath instance = error.getInstanceLocation();
    List<Object> steps = new ArrayList<>();
    int at = 0;
    boolean name = false;
    for (int i = 0; i < schema.getNameCount(); i++) {
      Object step = schema.getElement(i);
      steps.add(step);
      if (name) {
        name = false;
        at++;
      } else if (step.equals("properties")) {
        name = true;
      } else if (PER_ELEMENT.contains(step.toString())
          && at < instance.getNameCount()
          && instance.getElement(at) instanceof Integer index) {
        steps.add(index);
        at++;
      }
    }
    return steps;
  }
}
