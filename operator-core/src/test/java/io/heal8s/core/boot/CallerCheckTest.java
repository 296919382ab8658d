// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heal8s.core.http.webhook.AuthMode;
import io.heal8s.core.http.webhook.TokenReviewSettings;
import io.heal8s.core.http.webhook.WebhookAuthSettings;
import io.kubernetes.client.openapi.ApiClient;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerCheckTest {

  private static final String PREFIX = "heal8s.some.auth";

  private static void make(WebhookAuthSettings settings) {
    assertThat(CallerCheck.of(PREFIX, settings, new ApiClient(), InstantSource.system()))
        .isNotNull();
  }

  private static WebhookAuthSettings modes(AuthMode... modes) {
    return new WebhookAuthSettings(Set.of(modes), null, null, null, null);
  }

  @Test
  void aWrongSettingIsNamedInFull() {
    assertThatThrownBy(() -> make(modes()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("heal8s.some.auth.modes is empty");
    assertThatThrownBy(() -> make(modes(AuthMode.BEARER)))
        .hasMessageStartingWith("heal8s.some.auth.bearer.token-files");
    assertThatThrownBy(() -> make(modes(AuthMode.TOKEN_REVIEW)))
        .hasMessageStartingWith("heal8s.some.auth.token-review.users is empty");
  }

  @Test
  void whoCanBeJudgedMayBeLetIn() {
    make(modes(AuthMode.NONE));
    make(
        new WebhookAuthSettings(
            Set.of(AuthMode.TOKEN_REVIEW),
            null,
            null,
            null,
            new TokenReviewSettings(List.of("heal8s"), Set.of("somebody"), null, null)));
  }
}
