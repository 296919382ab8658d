// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.conversion;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * How one version of a type goes together with the others: {@code metadata.conversion} of the type.
 *
 * @param storedAs version that resources of this one are stored as; empty to store them as they are
 * @param from how a spec of another version becomes one of this
 */
public record VersionRules(Optional<String> storedAs, Map<String, SpecConversion> from) {

  /** A version that knows no other. */
  public static final VersionRules NONE = new VersionRules(Optional.empty(), Map.of());

  private static final String FIELD = "conversion";

  public VersionRules {
    from = Map.copyOf(from);
  }

  /**
   * Reads them.
   *
   * @param metadata of the type
   * @throws ConversionException says what is wrong with them
   */
  public static VersionRules of(JsonNode metadata) throws ConversionException {
    JsonNode rules = metadata.path(FIELD);
    if (rules.isMissingNode()) {
      return NONE;
    }
    boolean fits =
        rules.isObject()
            && rules.propertyNames().stream().allMatch(List.of("stored_as", "from")::contains)
            && (rules.path("stored_as").isMissingNode() || rules.path("stored_as").isString())
            && (rules.path("from").isMissingNode() || rules.path("from").isObject());
    if (!fits) {
      throw new ConversionException(
          "conversion is {\"stored_as\": version, \"from\": {version: rule}}, and nothing else");
    }
    Map<String, SpecConversion> from = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : rules.path("from").properties()) {
      try {
        from.put(each.getKey(), SpecConversion.compile(each.getValue()));
      } catch (ConversionException e) {
        throw new ConversionException("from " + each.getKey() + ": " + e.getMessage());
      }
    }
    String storedAs = rules.path("stored_as").asString("");
    return new VersionRules(storedAs.isEmpty() ? Optional.empty() : Optional.of(storedAs), from);
  }

  /** A rule. */
  public Optional<SpecConversion> from(String version) {
    return Optional.ofNullable(from.get(version));
  }
}
