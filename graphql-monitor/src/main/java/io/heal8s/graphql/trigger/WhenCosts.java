// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What about an expression may cost more than a step, by the ids of its parts: which values are
 * made, and which ones something goes through. Not changed once it is made.
 */
final class WhenCosts {

  /** These look at no more than that a value is there. */
  private static final Set<String> CHEAP =
      Set.of(
          "_&&_",
          "_||_",
          "!_",
          "_?_:_",
          "_[_]",
          "@not_strictly_false",
          "__not_strictly_false__",
          "_-_",
          "_*_",
          "_/_",
          "_%_",
          "-_",
          "dyn",
          "type");

  private static final String PLUS = "_+_";
  private static final Set<String> SEARCHES = Set.of("matches", "contains");

  /**
   * Something is looked for in a text.
   *
   * @param searched id of the text
   * @param pattern whether what is looked for is a pattern, or else a text
   */
  record Search(long searched, boolean pattern) {

    /** For each character of the text. */
    long cost(String wanted) {
      return pattern ? WhenWork.ofPattern(wanted) : wanted.length();
    }
  }

  private final Set<Long> made = new HashSet<>();
  private final Set<Long> goneThrough = new HashSet<>();
  private final Set<Long> searched = new HashSet<>();
  private final Map<Long, Search> searches = new HashMap<>();

  WhenCosts(CelExpr expression) {
    walk(expression);
  }

  boolean isMade(long id) {
    return made.contains(id);
  }

  boolean isGoneThrough(long id) {
    return goneThrough.contains(id);
  }

  boolean isSearched(long id) {
    return searched.contains(id);
  }

  /** The search whose wanted text has that id, null for none. */
  @Nullable Search searchWith(long id) {
    return searches.get(id);
  }

  private void walk(CelExpr expression) {
    switch (expression.getKind()) {
      case NOT_SET, CONSTANT, IDENT -> {}
      case SELECT -> walk(expression.select().operand());
      case CALL -> call(expression);
      case LIST -> {
        made.add(expression.id());
        expression.list().elements().forEach(this::walk);
      }
      case STRUCT -> {
        made.add(expression.id());
        expression.struct().entries().forEach(entry -> walk(entry.value()));
      }
      case MAP -> {
        made.add(expression.id());
        for (CelExpr.CelMap.Entry entry : expression.map().entries()) {
          walk(entry.key());
          walk(entry.value());
        }
      }
      case COMPREHENSION -> comprehension(expression);
    }
  }

  private void call(CelExpr expression) {
    CelExpr.CelCall call = expression.call();
    List<CelExpr> operands = new ArrayList<>();
    call.target().ifPresent(operands::add);
    operands.addAll(call.args());
    operands.forEach(this::walk);
    if (call.function().equals(PLUS)) {
      made.add(expression.id());
    } else if (!CHEAP.contains(call.function())) {
      operands.forEach(operand -> goneThrough.add(operand.id()));
    }
    if (SEARCHES.contains(call.function()) && operands.size() == 2) {
      searched.add(operands.getFirst().id());
      searches.put(
          operands.getLast().id(),
          new Search(operands.getFirst().id(), call.function().equals("matches")));
    }
  }

  private void comprehension(CelExpr expression) {
    CelExpr.CelComprehension macro = expression.comprehension();
    made.add(expression.id());
    walk(macro.iterRange());
    walk(macro.accuInit());
    walk(macro.loopCondition());
    step(macro.loopStep(), macro.accuVar());
    walk(macro.result());
  }

  // A list grows by one at each step and nobody reads it before it is whole: weighing it each time
  // would take longer than making it.
  private void step(CelExpr step, String grown) {
    if (step.getKind() != CelExpr.ExprKind.Kind.CALL) {
      walk(step);
      return;
    }
    CelExpr.CelCall call = step.call();
    if (call.function().equals("_?_:_")) {
      walk(call.args().get(0));
      step(call.args().get(1), grown);
      step(call.args().get(2), grown);
    } else if (call.function().equals(PLUS)
        && call.args().getFirst().getKind() == CelExpr.ExprKind.Kind.IDENT
        && call.args().getFirst().ident().name().equals(grown)) {
      walk(call.args().getLast());
    } else {
      walk(step);
    }
  }
}
