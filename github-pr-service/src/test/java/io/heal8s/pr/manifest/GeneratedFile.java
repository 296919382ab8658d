// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import io.heal8s.core.api.k8shealer.remediation.Change;
import java.util.List;

/**
 * A file that was made up, with changes that it can take.
 *
 * @param text the file
 * @param target the object
 * @param changes changes of the object, values unlike those of the file
 * @param shared whether values of the object are shared through anchors
 */
record GeneratedFile(String text, DocumentIdentity target, List<Change> changes, boolean shared) {

  FileLayout layout() {
    return new FileLayout.Manifest(target);
  }
}
