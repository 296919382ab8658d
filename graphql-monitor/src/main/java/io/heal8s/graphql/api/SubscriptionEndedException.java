// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.api;

/** A subscription cannot begin or go on; the message is for the subscriber. */
final class SubscriptionEndedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SubscriptionEndedException(String message) {
    super(message, null, false, false);
  }
}
