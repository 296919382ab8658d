// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.heal8s.core.decide.ForeignText;
import io.heal8s.graphql.change.FreeValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A CEL expression over {@code state}, {@code oldState} (an empty object when it is not known),
 * {@code changed} (paths) and {@code initial}. It has no side effects and a bounded cost.
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

  private WhenExpression(CelRuntime.Program program) {
    this.program = program;
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
      return new WhenExpression(RUNTIME.createProgram(COMPILER.compile(text).getAst()));
    } catch (CelValidationException | CelEvaluationException wrong) {
      throw new UnusableException(firstLine(wrong));
    }
  }

  /**
   * Whether it is true of that moment.
   *
   * @throws UnusableException if it failed, for example because a key is not there, or gave no
   *     truth value
   */
  boolean holds(Moment moment) throws UnusableException {
    JsonObject before = moment.before() == null ? new JsonObject() : moment.before();
    Map<String, Object> variables =
        Map.of(
            "state", cel(moment.state()),
            "oldState", cel(before),
            "changed", moment.changed(),
            "initial", moment.initial());
    try {
      if (program.eval(variables) instanceof Boolean answer) {
        return answer;
      }
      throw new UnusableException(
          "it gives neither true nor false: compare what it gives with something");
    } catch (CelEvaluationException wrong) {
      throw new UnusableException(firstLine(wrong));
    }
  }

  private static Object cel(JsonElement json) {
    return switch (json) {
      case JsonObject object -> {
        Map<String, Object> map = new LinkedHashMap<>();
        object.entrySet().forEach(entry -> map.put(entry.getKey(), cel(entry.getValue())));
        yield map;
      }
      case JsonArray array -> {
        List<Object> list = new ArrayList<>(array.size());
        array.forEach(element -> list.add(cel(element)));
        yield list;
      }
      case JsonPrimitive primitive -> Objects.requireNonNull(FreeValue.plain(primitive));
      default -> NullValue.NULL_VALUE;
    };
  }

  private static String firstLine(Exception wrong) {
    return ForeignText.line(String.valueOf(wrong.getMessage()).lines().findFirst().orElse(""));
  }
}
