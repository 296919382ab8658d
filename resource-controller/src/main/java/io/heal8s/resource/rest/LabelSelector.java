// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.model.LabelRequirement;
import io.heal8s.resource.model.LabelRequirement.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads label selectors as Kubernetes writes them: {@code a=b,c!=d,e in (f,g),h,!i}. */
final class LabelSelector {

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._/-]{0,316}";
  private static final String VALUE = "[A-Za-z0-9._-]{0,63}";
  private static final Pattern EQUALS =
      Pattern.compile("(%s)\\s*(=|==|!=)\\s*(%s)".formatted(NAME, VALUE));
  private static final Pattern SET =
      Pattern.compile("(%s)\\s+(in|notin)\\s*\\(([^()]*)\\)".formatted(NAME));
  private static final Pattern EXISTS = Pattern.compile("(!?)\\s*(%s)".formatted(NAME));

  private LabelSelector() {}

  static List<LabelRequirement> parse(@Nullable String selector) {
    List<LabelRequirement> requirements = new ArrayList<>();
    if (selector == null || selector.isBlank()) {
      return requirements;
    }
    // Commas between parentheses separate values, not requirements.
    for (String part : selector.split(",(?![^()]*\\))", -1)) {
      requirements.add(requirement(part.strip(), selector));
    }
    return requirements;
  }

  private static LabelRequirement requirement(String part, String selector) {
    Matcher equals = EQUALS.matcher(part);
    if (equals.matches()) {
      Operator operator = equals.group(2).equals("!=") ? Operator.NOT_IN : Operator.IN;
      return new LabelRequirement(equals.group(1), operator, List.of(equals.group(3)));
    }
    Matcher set = SET.matcher(part);
    if (set.matches()) {
      Operator operator = set.group(2).equals("in") ? Operator.IN : Operator.NOT_IN;
      return new LabelRequirement(
          set.group(1),
          operator,
          Arrays.stream(set.group(3).split(",", -1)).map(String::strip).toList());
    }
    Matcher exists = EXISTS.matcher(part);
    if (exists.matches()) {
      return new LabelRequirement(
          exists.group(2),
          exists.group(1).isEmpty() ? Operator.EXISTS : Operator.DOES_NOT_EXIST,
          List.of());
    }
    Problems problems = new Problems();
    problems.valueError(
        List.of("query", "label_selector"),
        "'%s' is no requirement; write e.g. env=prod,tier in (a,b),!legacy".formatted(part),
        JsonNodeFactory.instance.stringNode(selector));
    problems.throwIfAny();
    throw new IllegalStateException("unreachable");
  }
}
