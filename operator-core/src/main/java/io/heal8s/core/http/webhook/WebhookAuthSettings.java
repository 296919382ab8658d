// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.webhook;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who may call a webhook.
 *
 * @param modes the accepted ways; a request is let in if one of them lets it in. {@link
 *     AuthMode#NONE} stands alone
 * @param bearer see {@link BearerSettings}
 * @param hmac see {@link HmacSettings}
 * @param mtls see {@link MtlsSettings}
 * @param tokenReview see {@link TokenReviewSettings}
 */
public record WebhookAuthSettings(
    Set<AuthMode> modes,
    BearerSettings bearer,
    HmacSettings hmac,
    MtlsSettings mtls,
    TokenReviewSettings tokenReview) {

  /** Fills in the defaults; no modes at all are refused when the authenticator is made. */
  public WebhookAuthSettings(
      @Nullable Set<AuthMode> modes,
      @Nullable BearerSettings bearer,
      @Nullable HmacSettings hmac,
      @Nullable MtlsSettings mtls,
      @Nullable TokenReviewSettings tokenReview) {
    // An empty text of a setting is bound as one mode that is null.
    this.modes =
        modes == null
            ? Set.of()
            : modes.stream().filter(Objects::nonNull).collect(Collectors.toUnmodifiableSet());
    this.bearer = bearer == null ? new BearerSettings(null) : bearer;
    this.hmac = hmac == null ? new HmacSettings(null, null, null, null, null) : hmac;
    this.mtls = mtls == null ? new MtlsSettings(null) : mtls;
    this.tokenReview =
        tokenReview == null ? new TokenReviewSettings(null, null, null, null) : tokenReview;
  }
}
