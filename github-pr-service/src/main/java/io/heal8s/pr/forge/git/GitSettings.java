// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.git;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * How plain git is used.
 *
 * @param cache directory of the mirrors; made when it is missing, may be emptied at any time while
 *     the service is down
 * @param fresh how old a mirror may be when it is read; the poll interval
 * @param timeout longest silence of a remote, whole seconds
 * @param authorName author and committer of our commits
 * @param authorEmail their address
 * @param schemes what repository addresses may begin with: of file, ssh, https, http
 * @param longestFile largest manifest that is read, in bytes
 */
public record GitSettings(
    Path cache,
    Duration fresh,
    Duration timeout,
    String authorName,
    String authorEmail,
    Set<String> schemes,
    int longestFile) {

  public GitSettings {
    schemes = Set.copyOf(schemes);
  }
}
