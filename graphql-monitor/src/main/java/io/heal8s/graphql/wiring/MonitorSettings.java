// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import io.heal8s.core.decide.naming.KubernetesName;
import io.heal8s.core.http.address.Cidr;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the monitor, prefix {@code heal8s.graphql}.
 *
 * @param namespaces namespaces whose TargetApps are polled, where the account has rights in these
 *     alone; empty for all
 * @param metricsPort second port, with {@code /metrics}, as the original had it; -1 for none, 0 for
 *     any
 * @param requestsPerMinute requests that one app may be sent in a minute, repeated ones included
 * @param interval from poll to poll where a TargetApp does not say, 1 s to 1 h
 * @param timeout of one request where a TargetApp does not say
 * @param retries further requests of one poll where a TargetApp does not say
 * @param actionTimeout how long a Remediation may take from its act to its proof; null leaves it to
 *     the policy
 * @param schemes schemes of absolute URLs that may be called
 * @param ports ports of absolute URLs that may be called; empty for all
 * @param allowedCidrs blocks that may be called although they are not public; the pods and Services
 *     of a TargetApp's own namespace need none
 * @param maxBody largest answer that is read, 1 KiB to 16 MiB
 * @param maxDepth deepest answer that is read, 2 to 200 levels
 * @param lease how long a replica that says nothing is believed to live; after that the others poll
 *     its apps
 * @param leaseRenewal pause between two renewals, at most a third of the lease
 */
@ConfigurationProperties("heal8s.graphql")
record MonitorSettings(
    @DefaultValue List<String> namespaces,
    @DefaultValue("8080") int metricsPort,
    @DefaultValue("100") int requestsPerMinute,
    @DefaultValue("30s") Duration interval,
    @DefaultValue("10s") Duration timeout,
    @DefaultValue("3") int retries,
    @Nullable Duration actionTimeout,
    @DefaultValue({"http", "https"}) List<String> schemes,
    @DefaultValue List<Integer> ports,
    @DefaultValue List<String> allowedCidrs,
    @DefaultValue("1MB") DataSize maxBody,
    @DefaultValue("64") int maxDepth,
    @DefaultValue("10s") Duration lease,
    @DefaultValue("3s") Duration leaseRenewal) {

  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
  private static final Duration LONGEST_INTERVAL = Duration.ofHours(1);
  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

  MonitorSettings {
    require(
        namespaces.stream().allMatch(KubernetesName::isLabel), "namespaces", "names of namespaces");
    require(metricsPort >= -1 && metricsPort <= 65535, "metrics-port", "-1 to 65535");
    require(requestsPerMinute >= 1, "requests-per-minute", "at least 1");
    require(within(interval, SHORTEST_INTERVAL, LONGEST_INTERVAL), "interval", "1s to 1h");
    require(within(timeout, Duration.ofSeconds(1), LONGEST_TIMEOUT), "timeout", "1s to 60s");
    require(retries >= 0 && retries <= 10, "retries", "0 to 10");
    require(
        actionTimeout == null
            || within(actionTimeout, Duration.ofSeconds(10), Duration.ofMinutes(30)),
        "action-timeout",
        "10s to 30m");
    require(
        schemes.stream()
            .allMatch(s -> Set.of("http", "https").contains(s.toLowerCase(Locale.ROOT))),
        "schemes",
        "http and https");
    require(ports.stream().allMatch(port -> port > 0 && port < 65536), "ports", "numbers to 65535");
    require(maxBody.toBytes() >= 1024 && maxBody.toBytes() <= 16L << 20, "max-body", "1KB to 16MB");
    require(maxDepth >= 2 && maxDepth <= 200, "max-depth", "2 to 200");
    require(within(lease, Duration.ofSeconds(1), Duration.ofMinutes(5)), "lease", "1s to 5m");
    require(
        leaseRenewal.isPositive() && leaseRenewal.multipliedBy(3).compareTo(lease) <= 0,
        "lease-renewal",
        "at most a third of heal8s.graphql.lease");
  }

  List<Cidr> cidrs() {
    try {
      return allowedCidrs.stream().map(Cidr::valueOf).toList();
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          "heal8s.graphql.allowed-cidrs: " + malformed.getMessage(), malformed);
    }
  }

  Set<String> lowerCaseSchemes() {
    Set<String> lower = new TreeSet<>();
    schemes.forEach(scheme -> lower.add(scheme.toLowerCase(Locale.ROOT)));
    return lower;
  }

  private static boolean within(Duration value, Duration least, Duration most) {
    return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
  }

  private static void require(boolean holds, String setting, String wanted) {
    if (!holds) {
      throw new IllegalArgumentException("heal8s.graphql." + setting + " must be " + wanted);
    }
  }
}
