// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import org.jspecify.annotations.Nullable;

/**
 * Which object of a manifest is meant.
 *
 * @param apiVersion group and version, compared as text; null matches any
 * @param kind kind, e.g. {@code Deployment}
 * @param namespace namespace; null matches any. An object that states none matches every namespace,
 *     but one that states this namespace is preferred
 * @param name {@code metadata.name}
 */
public record DocumentIdentity(
    @Nullable String apiVersion, String kind, @Nullable String namespace, String name) {

  @Override
  public String toString() {
    return kind + " " + (namespace == null ? "" : namespace + "/") + name;
  }
}
