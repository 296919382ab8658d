// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.core.http.secret.Secret;

/**
 * How the database is reached.
 *
 * @param host host name or address
 * @param port 1 to 65535
 * @param name name of the database
 * @param user who connects
 * @param password of that user
 * @param minPool connections that are kept, at least 1
 * @param maxPool connections at most; at least 4 and {@code minPool}
 */
public record ConnectionSettings(
    String host, int port, String name, String user, Secret password, int minPool, int maxPool) {

  String url() {
    return "jdbc:postgresql://%s:%d/%s".formatted(host, port, name);
  }
}
