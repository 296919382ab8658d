// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import io.heal8s.core.http.webhook.AuthMode;
import io.heal8s.core.http.webhook.KubernetesTokenReviewer;
import io.heal8s.core.http.webhook.TokenReviewer;
import io.heal8s.core.http.webhook.WebhookAuthSettings;
import io.heal8s.core.http.webhook.WebhookAuthenticator;
import io.kubernetes.client.openapi.ApiClient;
import java.time.InstantSource;

/** Makes of a service's settings who may call it. */
public final class CallerCheck {

  private CallerCheck() {}

  /**
   * Makes the authenticator.
   *
   * @param prefix name of the settings, as {@code heal8s.gateway.auth}
   * @param settings who may call
   * @param client asks the API server about tokens of the cluster, where the settings want that
   * @param clock tells the age of signatures and files
   * @throws IllegalArgumentException if nobody could call, or the settings contradict themselves;
   *     the message names the setting in full
   */
  public static WebhookAuthenticator of(
      String prefix, WebhookAuthSettings settings, ApiClient client, InstantSource clock) {
    // Its API class loads half of the client's models, so only who needs it pays.
    TokenReviewer reviewer =
        settings.modes().contains(AuthMode.TOKEN_REVIEW)
            ? new KubernetesTokenReviewer(client, settings.tokenReview().audiences())
            : null;
    try {
      return WebhookAuthenticator.of(settings, reviewer, clock);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(prefix + "." + wrong.getMessage(), wrong);
    }
  }
}
