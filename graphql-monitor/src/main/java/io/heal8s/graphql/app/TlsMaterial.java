// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.app;

import java.security.GeneralSecurityException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes what encrypts connections out of PEM texts. */
@FunctionalInterface
public interface TlsMaterial {

  /**
   * Makes a factory.
   *
   * @param ca certificates to trust, null for those of the platform
   * @param certificate chain to identify with, null for none
   * @param key its private key, null for none
   * @throws GeneralSecurityException if a text is not what it should be; the message does not quote
   *     it
   */
  SSLSocketFactory make(@Nullable String ca, @Nullable String certificate, @Nullable String key)
      throws GeneralSecurityException;
}
