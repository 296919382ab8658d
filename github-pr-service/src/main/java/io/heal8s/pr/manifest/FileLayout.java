// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import io.heal8s.core.api.k8shealer.remediation.ValueMapping;
import java.util.List;

/** What a file is to the editor: it says where in the file the path of a change is looked for. */
public sealed interface FileLayout {

  /**
   * Kubernetes objects in one or more documents, or items of a {@code List}.
   *
   * @param target the object that changes without an object of their own are about; a change that
   *     names another object is looked for in the target's namespace
   */
  record Manifest(DocumentIdentity target) implements FileLayout {}

  /**
   * One document that is no manifest, e.g. a chart's values or a patch; no identity is checked.
   *
   * @param mappings where the file keeps the fields of the object; a path without a mapping is
   *     refused
   */
  record ValuesFile(List<ValueMapping> mappings) implements FileLayout {

    public ValuesFile {
      mappings = List.copyOf(mappings);
    }
  }
}
