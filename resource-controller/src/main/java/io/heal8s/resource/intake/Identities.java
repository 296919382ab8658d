// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.intake;

import io.heal8s.resource.model.Resource;
import io.heal8s.resource.store.ResourceStore;
import java.util.Optional;

/**
 * Which resource is meant by a name in a version of its type. A name is one resource's alone,
 * whatever its type and version; it is meant in a version that is stored as the same version as the
 * one that it is stored in now.
 */
public final class Identities {

  private final ResourceStore resources;
  private final TypeVersions versions;

  /** Makes it. */
  public Identities(ResourceStore resources, TypeVersions versions) {
    this.resources = resources;
    this.versions = versions;
  }

  /** The resource that is meant, as it is stored; empty when there is none. */
  public Optional<Resource> find(String typeName, String version, String name) {
    return named(typeName, name).filter(resource -> isMeant(version, resource));
  }

  /** The resource of that name, also where the versions of its type stand apart. */
  Optional<Resource> named(String typeName, String name) {
    return resources.findByName(typeName, name);
  }

  /** Whether the name of a resource means it in a version of its type. */
  boolean isMeant(String version, Resource resource) {
    return versions.areStoredAlike(resource.typeName(), version, resource.typeVersion());
  }
}
