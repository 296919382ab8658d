// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import io.heal8s.core.http.secret.Secret;

/** With what a call is sent. */
sealed interface Access {

  /** With a token. */
  record With(Secret token) implements Access {}

  /** With nothing, for none was given. */
  record Anonymous() implements Access {}

  /**
   * Not at all: there is no token now. To ask without it would be answered as if nothing were
   * there.
   *
   * @param reply what stands in the way
   */
  record NotNow(Reply reply) implements Access {}
}
