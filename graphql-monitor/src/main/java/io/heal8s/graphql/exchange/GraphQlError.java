// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

import java.util.List;

/**
 * One entry of {@code errors}.
 *
 * @param message as sent, on one line and cut; of later ones of many other words
 * @param path where in the data, object keys as text and list indexes as numbers; empty if the
 *     server did not say
 */
public record GraphQlError(String message, List<String> path) {
  public GraphQlError {
    path = List.copyOf(path);
  }
}
