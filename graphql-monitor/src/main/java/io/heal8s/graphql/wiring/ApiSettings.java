// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import io.heal8s.core.http.webhook.AuthMode;
import io.heal8s.core.http.webhook.WebhookAuthSettings;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the GraphQL interface, prefix {@code heal8s.graphql.api}; read only when it is on.
 *
 * @param enabled whether it is on
 * @param port where it is; the same as {@code metrics-port} for both on one, 0 for any
 * @param auth who may call; bearer, token-review or none
 * @param maxDepth deepest query, 5 to 100 levels; the usual introspection needs 14
 * @param maxCost most that a query may cost, 100 to 1,000,000
 * @param history changes that are kept of each TargetApp, 0 to 1000
 */
@ConfigurationProperties("heal8s.graphql.api")
record ApiSettings(
    boolean enabled, int port, WebhookAuthSettings auth, int maxDepth, int maxCost, int history) {

  static final String PREFIX = "heal8s.graphql.api.";

  /** Documents are signed and not questions, and the port has no certificate to ask for another. */
  private static final Set<AuthMode> MODES =
      EnumSet.of(AuthMode.BEARER, AuthMode.TOKEN_REVIEW, AuthMode.NONE);

  ApiSettings(
      @DefaultValue("false") boolean enabled,
      @DefaultValue("8080") int port,
      @Nullable WebhookAuthSettings auth,
      @DefaultValue("16") int maxDepth,
      @DefaultValue("20000") int maxCost,
      @DefaultValue("20") int history) {
    this.enabled = enabled;
    this.port = port;
    this.auth = auth == null ? new WebhookAuthSettings(null, null, null, null, null) : auth;
    this.maxDepth = maxDepth;
    this.maxCost = maxCost;
    this.history = history;
    require(port >= 0 && port <= 65535, "port", "0 to 65535");
    require(MODES.containsAll(this.auth.modes()), "auth.modes", "of bearer, token-review and none");
    require(maxDepth >= 5 && maxDepth <= 100, "max-depth", "5 to 100");
    require(maxCost >= 100 && maxCost <= 1_000_000, "max-cost", "100 to 1000000");
    require(history >= 0 && history <= 1000, "history", "0 to 1000");
  }

  private static void require(boolean holds, String setting, String wanted) {
    if (!holds) {
      throw new IllegalArgumentException(PREFIX + setting + " must be " + wanted);
    }
  }
}
