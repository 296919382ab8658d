// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.webhook;

import io.heal8s.core.http.secret.Secret;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Lets the API server say whose bearer token it is, and looks for that user in a list. */
final class TokenReviewCheck implements CredentialCheck {
  /** Tokens of a cluster are JSON web tokens; anything else is not worth a question. */
  private static final Pattern JSON_WEB_TOKEN =
      Pattern.compile("[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]++");

  private static final int MAX_LENGTH = 16 * 1024;

  private final TokenReviewer reviewer;
  private final Set<String> users;

  TokenReviewCheck(TokenReviewer reviewer, Set<String> users) {
    this.reviewer = reviewer;
    this.users = Set.copyOf(users);
  }

  @Override
  public Optional<Authentication> check(WebhookRequest request) {
    return switch (BearerToken.of(request)) {
      case BearerToken.Absent _ -> Optional.empty();
      case BearerToken.Repeated _ ->
          Optional.of(Authentication.Refused.unknown(RefusalReason.AmbiguousCredentials));
      case BearerToken.Present(Secret token) -> Optional.of(judge(token));
    };
  }

  private Authentication judge(Secret token) {
    if (token.length() > MAX_LENGTH || !JSON_WEB_TOKEN.matcher(token.reveal()).matches()) {
      return Authentication.Refused.unknown(RefusalReason.UnknownToken);
    }
    return switch (reviewer.review(token)) {
      case TokenReviewer.Known known when users.contains(known.user()) ->
          new Authentication.Accepted(new Caller(AuthMode.TOKEN_REVIEW, known.user()));
      case TokenReviewer.Known _ -> Authentication.Refused.forbidden(RefusalReason.UnknownUser);
      case TokenReviewer.Unknown _ -> Authentication.Refused.unknown(RefusalReason.UnknownToken);
      case TokenReviewer.Unreachable _ ->
          new Authentication.Unavailable(RefusalReason.ReviewUnavailable);
    };
  }
}
