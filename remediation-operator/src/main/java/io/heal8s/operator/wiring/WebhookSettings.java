// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.wiring;

import io.heal8s.core.http.address.Cidr;
import io.heal8s.core.http.outbound.OutboundSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the action CallWebhook may call, prefix {@code heal8s.operator.webhooks}.
 *
 * @param schemes {@code https}, and {@code http} where it is wanted
 * @param ports ports that may be called
 * @param allowedCidrs blocks that may be called although they are not public, such as {@code
 *     10.0.0.0/8}
 */
record WebhookSettings(
    @DefaultValue("https") Set<String> schemes,
    @DefaultValue("443") Set<Integer> ports,
    @Nullable List<String> allowedCidrs) {

  // An action's own timeout is shorter; its longest is this.
  private static final Duration LONGEST = Duration.ofSeconds(300);
  private static final int MOST_BYTES = 64 << 10;

  WebhookSettings {
    try {
      outbound(schemes, ports, allowedCidrs);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException("heal8s.operator.webhooks." + wrong.getMessage(), wrong);
    }
  }

  OutboundSettings outbound() {
    return outbound(schemes, ports, allowedCidrs);
  }

  private static OutboundSettings outbound(
      Set<String> schemes, Set<Integer> ports, @Nullable List<String> allowedCidrs) {
    List<String> cidrs = allowedCidrs == null ? List.of() : allowedCidrs;
    return new OutboundSettings(
        schemes,
        ports,
        cidrs.stream().map(WebhookSettings::cidr).toList(),
        null,
        LONGEST,
        MOST_BYTES,
        null);
  }

  private static Cidr cidr(String text) {
    try {
      return Cidr.valueOf(text);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException("allowed-cidrs: " + wrong.getMessage(), wrong);
    }
  }
}
