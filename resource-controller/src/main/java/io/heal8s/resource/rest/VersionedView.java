// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.intake.Identities;
import io.heal8s.resource.intake.TypeVersions;
import io.heal8s.resource.intake.TypeVersions.Converted;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.store.ResourceStore;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Resources in the version that a client speaks. */
final class VersionedView {

  private final Identities identities;
  private final TypeVersions versions;

  VersionedView(ResourceStore resources, TypeVersions versions) {
    this.identities = new Identities(resources, versions);
    this.versions = versions;
  }

  /** The resource that a name means in a version, as it is stored. */
  Optional<Resource> find(String type, String version, String name) {
    return identities.find(type, version, name);
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

  private static JsonNode orThrow(Converted converted) {
    return switch (converted) {
      case Converted.Yes yes -> yes.spec();
      case Converted.No no -> throw ApiException.of(400, no.why());
    };
  }
}
