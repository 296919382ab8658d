// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.wiring;

import io.heal8s.core.decide.naming.KubernetesName;
import io.heal8s.core.http.webhook.WebhookAuthSettings;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the gateway, prefix {@code heal8s.gateway}.
 *
 * @param namespaces namespaces that alerts are taken for, where the account has rights in these
 *     alone; empty for all
 * @param auth who may call the webhooks
 * @param metricsPort second port, with {@code /webhook} and {@code /metrics}; -1 for none, 0 for
 *     any
 * @param maxBody largest body that is read, 1 KiB to 64 MiB
 * @param maxBodyTime longest time that a body may take to arrive
 * @param maxBodiesInFlight bodies of all deliveries at work together; what is beyond is answered
 *     503
 * @param timeout longest time from taking a delivery to its answer
 * @param callTimeout longest time of one call to the API server
 * @param concurrentWrites calls to the API server at the same time, of all deliveries
 * @param writesPerDelivery calls to the API server at the same time, of one delivery
 */
@ConfigurationProperties("heal8s.gateway")
record GatewaySettings(
    @DefaultValue List<String> namespaces,
    @DefaultValue WebhookAuthSettings auth,
    @DefaultValue("8080") int metricsPort,
    @DefaultValue("4MB") DataSize maxBody,
    @DefaultValue("10s") Duration maxBodyTime,
    @DefaultValue("32MB") DataSize maxBodiesInFlight,
    @DefaultValue("8s") Duration timeout,
    @DefaultValue("5s") Duration callTimeout,
    @DefaultValue("64") int concurrentWrites,
    @DefaultValue("16") int writesPerDelivery) {

  private static final DataSize SMALLEST_BODY = DataSize.ofKilobytes(1);
  private static final DataSize LARGEST_BODY = DataSize.ofMegabytes(64);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  GatewaySettings {
    require(
        namespaces.stream().allMatch(KubernetesName::isLabel), "namespaces", "names of namespaces");
    require(metricsPort >= -1 && metricsPort <= 65535, "metrics-port", "-1 to 65535");
    require(
        maxBody.compareTo(SMALLEST_BODY) >= 0 && maxBody.compareTo(LARGEST_BODY) <= 0,
        "max-body",
        "1KB to 64MB");
    require(isShort(maxBodyTime), "max-body-time", "a time up to 5m");
    require(
        maxBodiesInFlight.compareTo(maxBody) >= 0
            && maxBodiesInFlight.toBytes() <= Integer.MAX_VALUE,
        "max-bodies-in-flight",
        "at least max-body, below 2GB");
    require(isShort(timeout), "timeout", "a time up to 5m");
    require(
        isShort(callTimeout) && callTimeout.compareTo(timeout) <= 0,
        "call-timeout",
        "a time up to heal8s.gateway.timeout");
    require(concurrentWrites >= 1 && concurrentWrites <= 1024, "concurrent-writes", "1 to 1024");
    require(
        writesPerDelivery >= 1 && writesPerDelivery <= concurrentWrites,
        "writes-per-delivery",
        "1 to concurrent-writes");
  }

  private static boolean isShort(Duration duration) {
    return duration.isPositive() && duration.compareTo(LONGEST) <= 0;
  }

  private static void require(boolean holds, String setting, String wanted) {
    if (!holds) {
      throw new IllegalArgumentException("heal8s.gateway." + setting + " must be " + wanted);
    }
  }
}
