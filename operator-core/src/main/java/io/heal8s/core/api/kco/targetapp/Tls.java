// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.kco.targetapp;

import org.jspecify.annotations.Nullable;

/**
 * How an https endpoint is known and told who asks.
 *
 * @param ca certificates to trust, in PEM; null means the well-known authorities
 * @param clientCertificate a Secret of the type {@code kubernetes.io/tls}; null means none
 * @param serverName name to ask for and to check; null means the one that is called
 */
public record Tls(
    @Nullable SecretKey ca,
    @Nullable SecretReference clientCertificate,
    @Nullable String serverName) {}
