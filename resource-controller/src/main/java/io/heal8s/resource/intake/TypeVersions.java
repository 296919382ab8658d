// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.intake;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.heal8s.resource.conversion.ConversionException;
import io.heal8s.resource.conversion.VersionRules;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceType;
import io.heal8s.resource.store.ResourceTypeStore;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The versions of a type as one: what is written in one of them is stored and read in another. */
public final class TypeVersions {

  private static final int MOST = 1_000;

  private final ResourceTypeStore types;
  private final SchemaCache schemas;
  private final Cache<Key, VersionRules> compiled = Caffeine.newBuilder().maximumSize(MOST).build();

  private record Key(long id, long revision) {}

  /** Makes it. */
  public TypeVersions(ResourceTypeStore types, SchemaCache schemas) {
    this.types = types;
    this.schemas = schemas;
  }

  /** What became of a spec. */
  public sealed interface Converted {
    /** The spec in the other version. */
    record Yes(JsonNode spec) implements Converted {}

    /** It cannot be one of the other version, and why. */
    record No(String why) implements Converted {}
  }

  /** The rules of a type; none where they cannot be used, which is said when they are stored. */
  public VersionRules rules(ResourceType type) {
    return compiled.get(
        new Key(type.id(), type.revision()),
        ignored -> {
          try {
            return VersionRules.of(type.metadata());
          } catch (ConversionException e) {
            return VersionRules.NONE;
          }
        });
  }

  /**
   * A spec that somebody wrote, in the version that it is stored as. It is judged by the schema of
   * its own version; that of the other is for whoever stores it.
   */
  Converted written(ResourceType type, JsonNode spec, String version) {
    Optional<String> wrong = SpecChecks.schema(schemas, type, spec);
    return wrong.isPresent()
        ? new Converted.No(wrong.get())
        : converted(type.name(), type.version(), spec, version);
  }

  /** The spec of a resource as another version shows it. */
  public Converted shown(Resource resource, String version) {
    return converted(resource.typeName(), resource.typeVersion(), resource.spec(), version);
  }

  /** A spec in another version, judged by nobody. */
  public Converted converted(String typeName, String from, JsonNode spec, String to) {
    if (from.equals(to)) {
      return new Converted.Yes(spec);
    }
    Optional<ResourceType> target = types.find(typeName, to);
    if (target.isEmpty()) {
      return new Converted.No(missing(typeName, to));
    }
    var rule = rules(target.get()).from(from);
    if (rule.isEmpty()) {
      return new Converted.No("%s/%s has no conversion from %s".formatted(typeName, to, from));
    }
    try {
      return new Converted.Yes(rule.get().applied(spec));
    } catch (ConversionException e) {
      return new Converted.No(
          "Conversion from %s to %s failed: %s".formatted(from, to, e.getMessage()));
    }
  }

  private static String missing(String typeName, String version) {
    return "Resource type %s/%s not found".formatted(typeName, version);
  }

  /** Whether what is written in the one version and in the other is stored in the same. */
  boolean areStoredAlike(String typeName, String one, String other) {
    return one.equals(other) || storage(typeName, one).equals(storage(typeName, other));
  }

  private String storage(String typeName, String version) {
    return types.find(typeName, version).flatMap(type -> rules(type).storedAs()).orElse(version);
  }

  /**
   * What is wrong with the rules of a type that is about to be stored; empty when nothing is. Both
   * ways must be there before anything is stored in another version: what was written can be read.
   */
  public Optional<String> complaint(String name, String version, JsonNode metadata) {
    VersionRules rules;
    try {
      rules = VersionRules.of(metadata);
    } catch (ConversionException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    return rules
        .storedAs()
        .flatMap(stored -> complaint(name, version, rules, stored))
        .or(() -> brokenPromise(name, version, rules));
  }

  private Optional<String> complaint(
      String name, String version, VersionRules rules, String stored) {
    Optional<ResourceType> target = types.find(name, stored);
    if (stored.equals(version) || target.isEmpty()) {
      return Optional.of("stored_as must name another version that is there: " + stored);
    }
    VersionRules others = rules(target.get());
    if (others.storedAs().isPresent()) {
      return Optional.of("%s is itself stored as %s".formatted(stored, others.storedAs().get()));
    }
    if (others.from(version).isEmpty()) {
      return Optional.of("%s has no conversion from %s; add it first".formatted(stored, version));
    }
    return rules.from(stored).isEmpty()
        ? Optional.of("without a conversion from %s nothing could be read back".formatted(stored))
        : Optional.empty();
  }

  /** Other versions rely on this one. */
  private Optional<String> brokenPromise(String name, String version, VersionRules rules) {
    return types.list(name, null, MOST, null).stream()
        .filter(other -> rules(other).storedAs().filter(version::equals).isPresent())
        .filter(other -> rules.storedAs().isPresent() || rules.from(other.version()).isEmpty())
        .findFirst()
        .map(
            other ->
                "%s is stored as %s, which so must keep its conversion from it and be stored as it is"
                    .formatted(other.version(), version));
  }
}
