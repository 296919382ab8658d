// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import io.heal8s.graphql.app.TlsMaterial;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** Reads PEM with Spring Boot, which knows all the forms that keys come in. */
final class PemTls implements TlsMaterial {

  @Override
  public SSLSocketFactory make(
      @Nullable String ca, @Nullable String certificate, @Nullable String key)
      throws GeneralSecurityException {
    try {
      PemSslStoreDetails own =
          certificate == null
              ? null
              : PemSslStoreDetails.forCertificates(certificate).withPrivateKey(key);
      PemSslStoreDetails trusted = ca == null ? null : PemSslStoreDetails.forCertificates(ca);
      return SslBundle.of(new PemSslStoreBundle(own, trusted))
          .createSslContext()
          .getSocketFactory();
    } catch (RuntimeException malformed) {
      // Its message may quote the text.
      throw new GeneralSecurityException("no certificates or key in PEM");
    }
  }
}
