// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.wiring;

import io.heal8s.core.decide.naming.KubernetesName;
import io.heal8s.core.http.address.Cidr;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the pr service, prefix {@code heal8s.pr}.
 *
 * @param namespaces namespaces whose Remediations are worked on, where the account has rights in
 *     these alone; empty for all
 * @param metricsPort second port, with {@code /metrics}; -1 for none, 0 for any free one
 * @param pollInterval pause between two looks at an open pull request, at least 100 ms
 * @param stalledInterval pause before something that a person must change is tried again unasked,
 *     at least 100 ms
 * @param workers Remediations that are worked on at the same time, 1 to 64
 * @param cacheDirectory where mirrors of repositories are kept; may be emptied while the service is
 *     down
 * @param credentialsDirectory where credentials are mounted, one directory for each name
 * @param git how plain git is used
 * @param github how GitHub is used
 * @param webhook where GitHub says that something happened
 * @param formerBatchSize what the first release's batch size was set to; told and ignored
 */
@ConfigurationProperties("heal8s.pr")
record PrSettings(
    @DefaultValue List<String> namespaces,
    @DefaultValue("-1") int metricsPort,
    @DefaultValue("10s") Duration pollInterval,
    @DefaultValue("5m") Duration stalledInterval,
    @DefaultValue("4") int workers,
    @DefaultValue("/var/cache/heal8s") Path cacheDirectory,
    @DefaultValue("/etc/heal8s/credentials") Path credentialsDirectory,
    @DefaultValue Git git,
    @DefaultValue Github github,
    @DefaultValue Webhook webhook,
    @Nullable Integer formerBatchSize) {

  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final DataSize SMALLEST = DataSize.ofKilobytes(1);
  private static final DataSize LARGEST = DataSize.ofMegabytes(64);
  private static final Set<String> SCHEMES = Set.of("file", "ssh", "https", "http");
  private static final int MOST_WORKERS = 64;

  /**
   * How plain git is used.
   *
   * @param timeout longest silence of a remote, up to 5 min
   * @param authorName author of our commits
   * @param authorEmail their address
   * @param schemes what repository addresses may begin with: of file, ssh, https, http
   * @param longestFile largest manifest that is read, 1 KB to 64 MB
   */
  record Git(
      @DefaultValue("30s") Duration timeout,
      @DefaultValue("heal8s") String authorName,
      @DefaultValue("heal8s@users.noreply.heal8s.io") String authorEmail,
      @DefaultValue({"file", "ssh", "https"}) Set<String> schemes,
      @DefaultValue("4MB") DataSize longestFile) {

    Git {
      require(isShort(timeout), "git.timeout", "a time up to 5m", timeout);
      require(isOneLine(authorName), "git.author-name", "a name on one line", authorName);
      require(isOneLine(authorEmail), "git.author-email", "an address on one line", authorEmail);
      require(
          !schemes.isEmpty() && SCHEMES.containsAll(schemes),
          "git.schemes",
          "some of file, ssh, https, http",
          schemes);
      require(isSize(longestFile), "git.longest-file", "1KB to 64MB", longestFile);
    }

    private static boolean isOneLine(String text) {
      return !text.isBlank() && text.chars().noneMatch(c -> c < ' ' || c == '<' || c == '>');
    }
  }

  /**
   * How GitHub is used. App, installation and key are credentials for repositories whose policy
   * names none, beside those that are mounted.
   *
   * @param apiUrl root of the REST API where credentials name no other
   * @param allowedCidrs blocks of addresses that may be called although they are not public, for an
   *     Enterprise Server in one's own network
   * @param timeout for a whole request, up to 5 min
   * @param appId id of the App, null for none
   * @param installationId id of its installation, null for none
   * @param privateKeyFile its private key, null for none
   */
  record Github(
      @DefaultValue("https://api.github.com") URI apiUrl,
      @DefaultValue List<Cidr> allowedCidrs,
      @DefaultValue("30s") Duration timeout,
      @Nullable Long appId,
      @Nullable Long installationId,
      @Nullable Path privateKeyFile) {

    Github {
      require(isShort(timeout), "github.timeout", "a time up to 5m", timeout);
      require(appId == null || appId > 0, "github.app-id", "a number from 1", appId);
      require(
          installationId == null || installationId > 0,
          "github.installation-id",
          "a number from 1",
          installationId);
      require(
          privateKeyFile == null || Files.isReadable(privateKeyFile),
          "github.private-key-file",
          "a file that can be read",
          privateKeyFile);
    }
  }

  /**
   * The webhook of GitHub.
   *
   * @param enabled whether there is one
   * @param port where; 0 for any free one
   * @param keyFiles files with a key of at least 16 characters in each line; all are valid at once
   * @param maxBody largest body that is read, 1 KB to 64 MB
   */
  record Webhook(
      @DefaultValue("false") boolean enabled,
      @DefaultValue("8083") int port,
      @DefaultValue("/etc/heal8s/webhook/hmac") List<Path> keyFiles,
      @DefaultValue("1MB") DataSize maxBody) {

    Webhook {
      require(port >= 0 && port <= 65535, "webhook.port", "0 to 65535", port);
      require(isSize(maxBody), "webhook.max-body", "1KB to 64MB", maxBody);
    }
  }

  PrSettings {
    require(
        namespaces.stream().allMatch(KubernetesName::isLabel),
        "namespaces",
        "names of namespaces",
        namespaces);
    require(metricsPort >= -1 && metricsPort <= 65535, "metrics-port", "-1 to 65535", metricsPort);
    require(pollInterval.compareTo(SHORTEST) >= 0, "poll-interval", "at least 100ms", pollInterval);
    require(
        stalledInterval.compareTo(SHORTEST) >= 0,
        "stalled-interval",
        "at least 100ms",
        stalledInterval);
    require(workers >= 1 && workers <= MOST_WORKERS, "workers", "1 to " + MOST_WORKERS, workers);
  }

  private static boolean isShort(Duration time) {
    return time.isPositive() && time.compareTo(LONGEST) <= 0;
  }

  private static boolean isSize(DataSize size) {
    return size.compareTo(SMALLEST) >= 0 && size.compareTo(LARGEST) <= 0;
  }

  private static void require(
      boolean holds, String setting, String wanted, @Nullable Object value) {
    if (!holds) {
      throw new IllegalArgumentException(
          "heal8s.pr." + setting + " must be " + wanted + ", was " + value);
    }
  }
}
