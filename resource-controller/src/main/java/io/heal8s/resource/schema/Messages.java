// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.schema;

import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What is said of the errors of one spec, in the words that clients of the original know. Not for
 * several threads.
 */
final class Messages {

  /** Schemas of names, which judge one name after the other. */
  private final Map<JsonNode, ResourceSchema> ofNames = new IdentityHashMap<>();

  /**
   * The messages for errors that stand for one mistake.
   *
   * @param around the schema that the keyword stands in
   */
  List<String> of(List<Error> mistake, JsonNode around) {
    Error first = mistake.getFirst();
    return switch (first.getKeyword()) {
      // The library says that something is missing, and not what.
      case "dependencies" -> dependencies(first, first.getSchemaNode());
      case "propertyNames" -> names(first);
      default -> List.of(one(mistake, around));
    };
  }

  /** What is wrong with the name of a property, as if it were a value. */
  private List<String> names(Error error) {
    JsonNode name = JsonNodeFactory.instance.stringNode(error.getProperty());
    try {
      List<String> messages =
          ofNames.computeIfAbsent(error.getSchemaNode(), ResourceSchema::of).errors(name).stream()
              .map(SpecError::message)
              .toList();
      if (!messages.isEmpty()) {
        return messages;
      }
    } catch (SchemaRefusedException e) {
      // It refers to something around it.
    }
    return List.of(PythonRepr.of(name) + " " + error.getMessage());
  }

  private static String one(List<Error> mistake, JsonNode around) {
    Error first = mistake.getFirst();
    String value = PythonRepr.of(first.getInstanceNode());
    JsonNode asked = first.getSchemaNode();
    return switch (first.getKeyword()) {
      case "required" -> PythonRepr.of(first.getProperty()) + " is a required property";
      case "type" -> value + " is not of type " + types(asked);
      case "enum" -> value + " is not one of " + PythonRepr.of(asked);
      case "const" -> PythonRepr.of(asked) + " was expected";
      case "minimum" -> minimum(first, value, asked);
      case "maximum" -> maximum(first, value, asked);
      case "exclusiveMinimum" ->
          value + " is less than or equal to the minimum of " + PythonRepr.of(asked);
      case "exclusiveMaximum" ->
          value + " is greater than or equal to the maximum of " + PythonRepr.of(asked);
      case "multipleOf" -> value + " is not a multiple of " + PythonRepr.of(asked);
      case "pattern" -> value + " does not match " + PythonRepr.of(asked);
      case "format" -> value + " is not a " + PythonRepr.of(asked);
      case "minLength", "minItems" ->
          value + (asked.intValue(0) == 1 ? " should be non-empty" : " is too short");
      case "maxLength", "maxItems" ->
          value + (asked.intValue(1) == 0 ? " is expected to be empty" : " is too long");
      case "minProperties" ->
          value
              + (asked.intValue(0) == 1
                  ? " should be non-empty"
                  : " does not have enough properties");
      case "maxProperties" ->
          value
              + (asked.intValue(1) == 0 ? " is expected to be empty" : " has too many properties");
      case "uniqueItems" -> value + " has non-unique elements";
      case "contains" -> "None of " + value + " are valid under the given schema";
      case "minContains" -> value + " does not contain items matching the given schema";
      case "additionalProperties" ->
          unexpectedProperties(
              mistake.stream().map(Error::getProperty).sorted().map(PythonRepr::of).toList(),
              around.path("patternProperties"));
      case "unevaluatedProperties" ->
          "Unevaluated properties are not allowed "
              + were(
                  mistake.stream().map(Error::getProperty).sorted().map(PythonRepr::of).toList());
      case "additionalItems" -> unexpected("items", mistake.stream().map(Messages::item).toList());
      case "not" -> value + " should not be valid under " + PythonRepr.of(asked);
      case "false" -> "False schema does not allow " + value;
      case "oneOf" -> value + " is valid under each of " + matching(first);
      case "dependentRequired" ->
          PythonRepr.of(String.valueOf(first.getArguments()[0]))
              + " is a dependency of "
              + PythonRepr.of(String.valueOf(first.getArguments()[1]));
      default -> value + " " + first.getMessage();
    };
  }

  /** Of a choice none of whose branches fits. */
  static String noneOf(JsonNode value) {
    return PythonRepr.of(value) + " is not valid under any of the given schemas";
  }

  private static String minimum(Error error, String value, JsonNode asked) {
    boolean equal = error.getInstanceNode().decimalValue().compareTo(asked.decimalValue()) == 0;
    return value
        + (equal ? " is less than or equal to" : " is less than")
        + " the minimum of "
        + PythonRepr.of(asked);
  }

  private static String maximum(Error error, String value, JsonNode asked) {
    boolean equal = error.getInstanceNode().decimalValue().compareTo(asked.decimalValue()) == 0;
    return value
        + (equal ? " is greater than or equal to" : " is greater than")
        + " the maximum of "
        + PythonRepr.of(asked);
  }

  private static String types(JsonNode asked) {
    return asked.isArray()
        ? asked.valueStream().map(PythonRepr::of).collect(Collectors.joining(", "))
        : PythonRepr.of(asked);
  }

  private static String item(Error error) {
    int index = Integer.parseInt(String.valueOf(error.getArguments()[0]));
    return PythonRepr.of(error.getInstanceNode().path(index));
  }

  private static String unexpectedProperties(List<String> names, JsonNode patterns) {
    return patterns.isObject()
        ? String.join(", ", names)
            + (names.size() == 1 ? " does" : " do")
            + " not match any of the regexes: "
            + patterns.propertyNames().stream()
                .sorted()
                .map(PythonRepr::of)
                .collect(Collectors.joining(", "))
        : unexpected("properties", names);
  }

  private static String unexpected(String what, List<String> names) {
    return "Additional " + what + " are not allowed " + were(names);
  }

  private static String were(List<String> names) {
    return "("
        + String.join(", ", names)
        + (names.size() == 1 ? " was unexpected)" : " were unexpected)");
  }

  /** The branches that fit, of which there should have been one. */
  private static String matching(Error error) {
    Object[] arguments = error.getArguments();
    String indexes = String.valueOf(arguments[arguments.length - 1]);
    List<Integer> fitting =
        Arrays.stream(indexes.split(",\\s*"))
            .map(Integer::valueOf)
            .collect(Collectors.toCollection(ArrayList::new));
    // The first that fits is told last.
    Collections.rotate(fitting, -1);
    return fitting.stream()
        .map(index -> PythonRepr.of(error.getSchemaNode().path(index)))
        .collect(Collectors.joining(", "));
  }

  private static List<String> dependencies(Error error, JsonNode asked) {
    String property = String.valueOf(error.getProperty());
    return asked
        .path(property)
        .valueStream()
        .filter(needed -> !error.getInstanceNode().has(needed.asString("")))
        .map(needed -> PythonRepr.of(needed) + " is a dependency of " + PythonRepr.of(property))
        .toList();
  }
}
