// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.edit;

import io.heal8s.pr.manifest.DocumentIdentity;
import io.heal8s.pr.manifest.FileLayout;
import org.jspecify.annotations.Nullable;

/**
 * What a person asks for.
 *
 * @param kind kind of the object
 * @param name its name
 * @param namespace its namespace; null for any
 * @param container the container; null for the only one
 * @param memory the memory limit; null to leave it
 * @param replicas the replicas; null to leave them
 * @param image the image; null to leave it
 */
record EditRequest(
    TargetKind kind,
    String name,
    @Nullable String namespace,
    @Nullable String container,
    @Nullable String memory,
    @Nullable Integer replicas,
    @Nullable String image) {

  FileLayout layout() {
    return new FileLayout.Manifest(new DocumentIdentity(null, kind.kind(), namespace, name));
  }

  String target() {
    return kind.kind() + " " + (namespace == null ? "" : namespace + "/") + name;
  }

  boolean isAboutContainer() {
    return memory != null || image != null;
  }
}
