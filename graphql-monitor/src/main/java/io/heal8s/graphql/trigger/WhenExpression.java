// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.heal8s.core.decide.ForeignText;
import java.util.Map;

/**
 * A CEL expression over {@code state}, {@code oldState} (an empty object when it is not known),
 * {@code changed} (paths) and {@code initial}. It has no side effects, and fails when it takes more
 * work than {@link WhenWork} allows.
 */
final class WhenExpression {

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .comprehensionMaxIterations(10_000)
          .maxExpressionCodePointSize(4096)
          .build();
  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(OPTIONS)
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("state", SimpleType.DYN)
          .addVar("oldState", SimpleType.DYN)
          .addVar("changed", ListType.create(SimpleType.STRING))
          .addVar("initial", SimpleType.BOOL)
          .setResultType(SimpleType.BOOL)
          .build();
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(OPTIONS).build();

  private final CelRuntime.Program program;
  private final WhenCosts costs;

  private WhenExpression(CelRuntime.Program program, WhenCosts costs) {
    this.program = program;
    this.costs = costs;
  }

  /** The expression cannot be compiled, or gave no truth value. */
  static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableException(String message) {
      super(message);
    }
  }

  /**
   * Compiles an expression.
   *
   * @throws UnusableException says where it is wrong
   */
  static WhenExpression compile(String text) throws UnusableException {
    try {
      CelAbstractSyntaxTree tree = COMPILER.compile(text).getAst();
      return new WhenExpression(RUNTIME.createProgram(tree), new WhenCosts(tree.getExpr()));
    } catch (CelValidationException | CelEvaluationException wrong) {
      throw new UnusableException(firstLine(wrong));
    }
  }

  /**
   * Whether it is true of that moment.
   *
   * @param values of the look that the moment belongs to
   * @throws UnusableException if it failed, for example because a key is not there, or gave no
   *     truth value
   */
  boolean holds(Moment moment, CelValues values) throws UnusableException {
    Map<String, Object> variables =
        Map.of(
            "state", values.of(moment.state()),
            "oldState", moment.before() == null ? Map.of() : values.of(moment.before()),
            "changed", moment.changed(),
            "initial", moment.initial());
    WhenWork work = new WhenWork(costs, values.worked());
    Object answer;
    try {
      answer = answer(variables, work);
    } finally {
      values.worked(work.done());
    }
    if (work.isExhausted()) {
      throw new UnusableException(firstLine(new WhenWork.ExhaustedException()));
    }
    if (answer instanceof Boolean truth) {
      return truth;
    }
    throw new UnusableException(
        "it gives neither true nor false: compare what it gives with something");
  }

  private Object answer(Map<String, Object> variables, WhenWork work) throws UnusableException {
    try {
      return program.trace(variables, work);
    } catch (WhenWork.ExhaustedException | CelEvaluationException wrong) {
      throw new UnusableException(
          firstLine(work.isExhausted() ? new WhenWork.ExhaustedException() : wrong));
    }
  }

  private static String firstLine(Exception wrong) {
    return ForeignText.line(String.valueOf(wrong.getMessage()).lines().findFirst().orElse(""));
  }
}
