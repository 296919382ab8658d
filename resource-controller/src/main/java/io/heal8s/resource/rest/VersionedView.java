// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.intake.TypeVersions;
import io.heal8s.resource.intake.TypeVersions.Converted;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.store.ResourceStore;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Resources in the version that a client speaks. */
final class VersionedView {

  private final ResourceStore resources;
  private final TypeVersions versions;

  VersionedView(ResourceStore resources, TypeVersions versions) {
    this.resources = resources;
    this.versions = versions;
  }

  /** The resource that a name means in a version, as it is stored. */
  Optional<Resource> find(String type, String version, String name) {
    return resources
        .findByName(type, version, name)
        .or(
            () ->
                versions
                    .storedAs(type, version)
                    .flatMap(stored -> resources.findByName(type, stored, name)));
  }

  /**
   * The resource as a version shows it.
   *
   * @throws ApiException 400 if it cannot be shown so
   */
  Resource as(Resource resource, String version) {
    return resource.typeVersion().equals(version)
        ? resource
        : resource.as(version, orThrow(versions.shown(resource, version)));
  }

  /**
   * A spec that was written in a version, in the one that the resource is stored as.
   *
   * @throws ApiException 400 if it cannot be stored so
   */
  JsonNode stored(Resource now, JsonNode spec, String version) {
    return orThrow(versions.written(now, spec, version));
  }

  private static JsonNode orThrow(Converted converted) {
    return switch (converted) {
      case Converted.Yes yes -> yes.spec();
      case Converted.No no -> throw ApiException.of(400, no.why());
    };
  }
}
