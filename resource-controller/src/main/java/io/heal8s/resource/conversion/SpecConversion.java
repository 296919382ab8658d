// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.conversion;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One rule: {@code {"set": {path: expression}, "remove": [path]}} over a copy of the spec. Every
 * expression sees the whole spec as it was, named {@code self}; one that gives null leaves its path
 * out. A path is a name, or names with dots between. First is removed, then set. Thread-safe.
 */
public final class SpecConversion {

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
          .addVar("self", SimpleType.DYN)
          .build();
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(OPTIONS).build();

  private final List<Setting> settings;
  private final List<List<String>> removals;

  private record Setting(String text, List<String> path, CelRuntime.Program program) {}

  private SpecConversion(List<Setting> settings, List<List<String>> removals) {
    this.settings = List.copyOf(settings);
    this.removals = List.copyOf(removals);
  }

  /**
   * Compiles a rule.
   *
   * @throws ConversionException says what is wrong with it
   */
  public static SpecConversion compile(JsonNode rule) throws ConversionException {
    boolean known =
        rule.isObject()
            && rule.propertyNames().stream().allMatch(List.of("set", "remove")::contains);
    if (!known || !isAbsentOr(rule, "set", true) || !isAbsentOr(rule, "remove", false)) {
      throw new ConversionException(
          "a rule is {\"set\": {path: expression}, \"remove\": [path]}, and nothing else");
    }
    List<Setting> settings = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : rule.path("set").properties()) {
      settings.add(
          new Setting(each.getKey(), path(each.getKey()), program(each.getKey(), each.getValue())));
    }
    List<List<String>> removals = new ArrayList<>();
    for (JsonNode each : rule.path("remove")) {
      removals.add(path(each.asString("")));
    }
    return new SpecConversion(settings, removals);
  }

  private static boolean isAbsentOr(JsonNode rule, String field, boolean object) {
    JsonNode value = rule.path(field);
    return value.isMissingNode() || (object ? value.isObject() : value.isArray());
  }

  private static List<String> path(String text) throws ConversionException {
    List<String> steps = List.of(text.split("\\.", -1));
    if (steps.stream().anyMatch(String::isBlank)) {
      throw new ConversionException("'" + text + "' is no path such as storage.size_gb");
    }
    return steps;
  }

  private static CelRuntime.Program program(String path, JsonNode expression)
      throws ConversionException {
    if (!expression.isString()) {
      throw new ConversionException(path + ": the expression must be a text");
    }
    try {
      return RUNTIME.createProgram(COMPILER.compile(expression.stringValue()).getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new ConversionException(path + ": " + firstLine(e));
    }
  }

  /**
   * The spec in the other version; the given one is not changed.
   *
   * @throws ConversionException if an expression gives nothing, for example because a field that it
   *     names is not there
   */
  public JsonNode applied(JsonNode spec) throws ConversionException {
    JsonNode result = spec.deepCopy();
    Map<String, Object> variables = Map.of("self", CelValues.of(spec));
    for (List<String> path : removals) {
      JsonNode parent = result;
      for (String step : path.subList(0, path.size() - 1)) {
        parent = parent.path(step);
      }
      if (parent instanceof ObjectNode object) {
        object.remove(path.getLast());
      }
    }
    for (Setting setting : settings) {
      JsonNode value = value(setting, variables);
      if (!value.isNull()) {
        put(result, setting, value);
      }
    }
    return result;
  }

  private static JsonNode value(Setting setting, Map<String, Object> variables)
      throws ConversionException {
    try {
      return CelValues.json(setting.program().eval(variables));
    } catch (CelEvaluationException e) {
      throw new ConversionException(setting.text() + ": " + firstLine(e));
    } catch (ConversionException e) {
      throw new ConversionException(setting.text() + ": gives " + e.getMessage());
    }
  }

  private static void put(JsonNode spec, Setting setting, JsonNode value)
      throws ConversionException {
    JsonNode parent = spec;
    for (String step : setting.path().subList(0, setting.path().size() - 1)) {
      JsonNode next = parent.path(step);
      if (next.isMissingNode() && parent instanceof ObjectNode object) {
        next = JsonNodeFactory.instance.objectNode();
        object.set(step, next);
      }
      parent = next;
    }
    if (!(parent instanceof ObjectNode object)) {
      throw new ConversionException(setting.text() + ": there is something else on its way");
    }
    object.set(setting.path().getLast(), value);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
