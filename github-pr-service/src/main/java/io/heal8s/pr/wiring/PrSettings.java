// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.wiring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the pr service, prefix {@code heal8s.pr}.
 *
 * @param pollInterval pause between two looks at an open pull request, at least 100 ms
 * @param stalledInterval pause before something that a person must change is tried again unasked
 * @param workers Remediations that are worked on at the same time, 1 to 64
 * @param cacheDirectory where mirrors of repositories are kept; may be emptied while the service is
 *     down
 * @param credentialsDirectory where credentials are mounted, one directory for each name
 * @param git how plain git is used
 */
@ConfigurationProperties("heal8s.pr")
record PrSettings(
    @DefaultValue("10s") Duration pollInterval,
    @DefaultValue("5m") Duration stalledInterval,
    @DefaultValue("4") int workers,
    @DefaultValue("/var/cache/heal8s") Path cacheDirectory,
    @DefaultValue("/etc/heal8s/credentials") Path credentialsDirectory,
    @DefaultValue Git git) {

  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final int MOST_WORKERS = 64;

  /**
   * How plain git is used.
   *
   * @param timeout longest silence of a remote
   * @param authorName author of our commits
   * @param authorEmail their address
   * @param schemes what repository addresses may begin with: of file, ssh, https, http
   * @param longestFile largest manifest that is read
   */
  record Git(
      @DefaultValue("30s") Duration timeout,
      @DefaultValue("heal8s") String authorName,
      @DefaultValue("heal8s@users.noreply.heal8s.io") String authorEmail,
      @DefaultValue({"file", "ssh", "https"}) Set<String> schemes,
      @DefaultValue("4MB") DataSize longestFile) {}

  PrSettings {
    if (pollInterval.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "heal8s.pr.poll-interval must be at least 100ms, was " + pollInterval);
    }
    if (workers < 1 || workers > MOST_WORKERS) {
      throw new IllegalArgumentException(
          "heal8s.pr.workers must be 1 to " + MOST_WORKERS + ", was " + workers);
    }
  }
}
