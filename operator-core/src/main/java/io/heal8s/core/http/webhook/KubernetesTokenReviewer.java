// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.webhook;

import io.heal8s.core.http.secret.Secret;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AuthenticationV1Api;
import io.kubernetes.client.openapi.models.V1TokenReview;
import io.kubernetes.client.openapi.models.V1TokenReviewSpec;
import io.kubernetes.client.openapi.models.V1TokenReviewStatus;
import io.kubernetes.client.openapi.models.V1UserInfo;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the API server ({@code authentication.k8s.io/v1} TokenReview). Needs the right to create
 * tokenreviews.
 */
public final class KubernetesTokenReviewer implements TokenReviewer {
  private static final Logger log = LoggerFactory.getLogger(KubernetesTokenReviewer.class);

  private final AuthenticationV1Api api;
  private final List<String> audiences;

  /**
   * Makes a reviewer.
   *
   * @param client connection to the API server, with its own timeouts
   * @param audiences a token must be meant for one of them; empty means the API server itself
   */
  public KubernetesTokenReviewer(ApiClient client, List<String> audiences) {
    this.api = new AuthenticationV1Api(client);
    this.audiences = List.copyOf(audiences);
  }

  @Override
  public Review review(Secret token) {
    V1TokenReview question =
        new V1TokenReview()
            .apiVersion("authentication.k8s.io/v1")
            .kind("TokenReview")
            .spec(
                new V1TokenReviewSpec()
                    .token(token.reveal())
                    .audiences(audiences.isEmpty() ? null : audiences));
    try {
      return judge(api.createTokenReview(question).execute().getStatus());
    } catch (ApiException e) {
      // Only the code: the body of an answer may repeat parts of the question.
      log.atWarn().addKeyValue("code", e.getCode()).log("A token could not be reviewed");
      return new Unreachable();
    }
  }

  private Review judge(@Nullable V1TokenReviewStatus status) {
    if (status == null || !Boolean.TRUE.equals(status.getAuthenticated())) {
      return new Unknown();
    }
    // An API server that does not know audiences answers without them; then it is not ours to
    // trust.
    List<String> meantFor = status.getAudiences() == null ? List.of() : status.getAudiences();
    if (!audiences.isEmpty() && Collections.disjoint(audiences, meantFor)) {
      return new Unknown();
    }
    V1UserInfo user = status.getUser();
    if (user == null || user.getUsername() == null) {
      return new Unknown();
    }
    List<String> groups = user.getGroups();
    return new Known(user.getUsername(), groups == null ? Set.of() : Set.copyOf(groups));
  }
}
