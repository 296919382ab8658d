// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import io.heal8s.core.api.k8shealer.remediation.Change;
import java.util.List;

/**
 * Changes values in a file and leaves every other byte alone: comments, order, quotes, line ends,
 * blanks. The result is read again before it is returned; if it differs from the original in
 * anything but the planned values, the file is refused instead. Safe for use by several threads.
 */
public final class ManifestEditor {

  /**
   * Makes changes in a file.
   *
   * <p>A quantity or number that the file has reached already is left alone. A text is replaced
   * only where the file holds the change's {@code before}. A missing key is added, maps above it
   * too; a list item is never added.
   *
   * @param file the file's bytes, UTF-8
   * @param layout what the file is, and which object is meant
   * @param changes the wanted values; at least one
   * @return the edited file, that there was nothing to do, or why the file is not edited
   */
  public EditResult edit(byte[] file, FileLayout layout, List<Change> changes) {
    return open(file, layout).edit(changes);
  }

  /**
   * Reads what a file holds where changes point; what they want is not looked at.
   *
   * @param file the file's bytes, UTF-8
   * @param layout what the file is, and which object is meant
   * @param changes where to look
   * @return the values, or why they cannot be read
   */
  public ReadResult read(byte[] file, FileLayout layout, List<Change> changes) {
    return open(file, layout).read(changes);
  }

  /**
   * Opens a file for several looks at it; it is parsed once.
   *
   * @param file the file's bytes, UTF-8
   * @param layout what the file is, and which object is meant
   */
  public OpenedFile open(byte[] file, FileLayout layout) {
    return new OpenedFile(file, layout);
  }
}
