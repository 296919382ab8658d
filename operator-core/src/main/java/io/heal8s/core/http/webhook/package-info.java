// SPDX-License-Identifier: Apache-2.0
/**
 * Who calls a webhook: bearer token, signature over the body, client certificate or TokenReview.
 * One authenticator is composed from the settings, and an empty set of settings lets nobody in.
 * Whatever cannot be checked is not let in; no token ever reaches a log, an exception or a result.
 */
@NullMarked
package io.heal8s.core.http.webhook;

import org.jspecify.annotations.NullMarked;
