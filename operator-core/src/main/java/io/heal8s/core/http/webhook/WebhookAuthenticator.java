// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.webhook;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says who calls a webhook. Safe for any number of threads; a bearer token costs one digest.
 *
 * <p>Checks that need no body come first, so that the body of a known caller is not waited for.
 */
public final class WebhookAuthenticator {
  private static final Logger log = LoggerFactory.getLogger(WebhookAuthenticator.class);

  private final List<CredentialCheck> checks;
  private final boolean open;

  private WebhookAuthenticator(List<CredentialCheck> checks, boolean open) {
    this.checks = List.copyOf(checks);
    this.open = open;
  }

  /**
   * Makes an authenticator.
   *
   * @param settings who may call
   * @param reviewer judges tokens of the cluster; needed only for {@link AuthMode#TOKEN_REVIEW},
   *     and wrapped by the cache that the settings describe
   * @param clock tells the age of signatures and files
   * @return the authenticator
   * @throws IllegalArgumentException if the settings let nobody in, contradict themselves or name
   *     files without a usable secret; the message names the setting
   */
  public static WebhookAuthenticator of(
      WebhookAuthSettings settings, @Nullable TokenReviewer reviewer, InstantSource clock) {
    if (settings.modes().isEmpty()) {
      throw new IllegalArgumentException(
          "modes is empty, so nobody could call: set it to bearer, hmac, mtls or token-review, or to"
              + " none to let everybody in");
    }
    if (settings.modes().contains(AuthMode.NONE)) {
      if (settings.modes().size() > 1) {
        throw new IllegalArgumentException(
            "modes has none beside others, so the others would mean nothing: keep one or the"
                + " other");
      }
      return new WebhookAuthenticator(List.of(), true);
    }
    List<CredentialCheck> checks = new ArrayList<>();
    // In the order of the enum but for HMAC, which has to wait for the body.
    settings.modes().stream()
        .filter(mode -> mode != AuthMode.HMAC)
        .sorted()
        .forEach(mode -> checks.add(check(mode, settings, reviewer, clock)));
    if (settings.modes().contains(AuthMode.HMAC)) {
      checks.add(check(AuthMode.HMAC, settings, reviewer, clock));
    }
    return new WebhookAuthenticator(checks, false);
  }

  private static CredentialCheck check(
      AuthMode mode,
      WebhookAuthSettings settings,
      @Nullable TokenReviewer reviewer,
      InstantSource clock) {
    return switch (mode) {
      case BEARER -> {
        List<Path> files = settings.bearer().tokenFiles();
        BearerCheck check = new BearerCheck(files, clock);
        require(check.isReady(), "bearer.token-files", files);
        yield check;
      }
      case HMAC -> {
        List<Path> files = settings.hmac().keyFiles();
        SignatureCheck check = new SignatureCheck(settings.hmac(), clock);
        require(check.isReady(), "hmac.key-files", files);
        yield check;
      }
      case MTLS -> certificates(settings.mtls());
      case TOKEN_REVIEW -> tokenReview(settings.tokenReview(), reviewer, clock);
      case NONE -> throw new IllegalArgumentException("none is no check");
    };
  }

  private static void require(boolean ready, String setting, List<Path> files) {
    if (!ready) {
      throw new IllegalArgumentException(
          "%s = %s holds no secret: name at least one readable file with a line of %d or more characters"
              .formatted(setting, files, BearerCheck.MIN_LENGTH));
    }
  }

  private static CertificateCheck certificates(MtlsSettings settings) {
    if (settings.subjects().isEmpty()) {
      throw new IllegalArgumentException(
          "mtls.subjects is empty, so nobody could call: list subjects such as CN=alertmanager");
    }
    try {
      return new CertificateCheck(settings.subjects());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "mtls.subjects = %s: write CN=name,O=organisation, dns:name or uri:uri"
              .formatted(settings.subjects()),
          e);
    }
  }

  private static TokenReviewCheck tokenReview(
      TokenReviewSettings settings, @Nullable TokenReviewer reviewer, InstantSource clock) {
    if (settings.users().isEmpty()) {
      throw new IllegalArgumentException(
          "token-review.users is empty, so nobody could call: list users such as"
              + " system:serviceaccount:monitoring:alertmanager");
    }
    if (reviewer == null) {
      throw new IllegalArgumentException("token-review needs a connection to an API server");
    }
    return new TokenReviewCheck(
        new CachingTokenReviewer(reviewer, settings.cacheSize(), settings.cacheTtl(), clock),
        settings.users());
  }

  /**
   * Judges a request. One accepted credential is enough; if none is accepted and one could not be
   * checked, the answer is {@link Authentication.Unavailable}; else a known caller who is not on
   * the list outweighs an unknown one.
   *
   * @param request the request
   * @return the judgement
   * @throws IOException if the body was needed and could not be read
   */
  public Authentication authenticate(WebhookRequest request) throws IOException {
    if (open) {
      return new Authentication.Accepted(new Caller(AuthMode.NONE, "anonymous"));
    }
    Authentication result = Authentication.Refused.unknown(RefusalReason.NoCredentials);
    for (CredentialCheck check : checks) {
      Optional<Authentication> judgement = judge(check, request);
      if (judgement.isPresent()) {
        if (judgement.get() instanceof Authentication.Accepted) {
          return judgement.get();
        }
        result = weight(judgement.get()) > weight(result) ? judgement.get() : result;
      }
    }
    return result;
  }

  private static Optional<Authentication> judge(CredentialCheck check, WebhookRequest request)
      throws IOException {
    try {
      return check.check(request);
    } catch (RuntimeException e) {
      // Deny on error. The class is enough to find the bug; a message might hold what was sent.
      log.atError()
          .addKeyValue("check", check.getClass().getSimpleName())
          .addKeyValue("cause", e.getClass().getName())
          .log("A credential could not be checked");
      return Optional.of(new Authentication.Unavailable(RefusalReason.CheckFailed));
    }
  }

  private static int weight(Authentication judgement) {
    return switch (judgement) {
      case Authentication.Refused(int status, var reason)
          when status == 401 && reason == RefusalReason.NoCredentials ->
          0;
      case Authentication.Refused(int status, var _) when status == 401 -> 1;
      case Authentication.Refused _ -> 2;
      case Authentication.Unavailable _ -> 3;
      case Authentication.Accepted _ -> 4;
    };
  }
}
