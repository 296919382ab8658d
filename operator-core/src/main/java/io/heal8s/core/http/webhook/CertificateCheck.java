// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.webhook;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;

/** Looks for the subject of the verified client certificate in a list. */
final class CertificateCheck implements CredentialCheck {
  /** Type numbers of RFC 5280, section 4.2.1.6, as the JDK hands them out. */
  private static final int DNS_NAME = 2;

  private static final int URI = 6;

  private final Set<X500Principal> distinguishedNames;
  private final Set<String> dnsNames;
  private final Set<String> uris;

  /**
   * Reads the list.
   *
   * @throws IllegalArgumentException if an entry is no distinguished name
   */
  CertificateCheck(List<String> subjects) {
    this.dnsNames = entries(subjects, MtlsSettings.DNS);
    this.uris = entries(subjects, MtlsSettings.URI);
    this.distinguishedNames =
        subjects.stream()
            .filter(s -> !s.startsWith(MtlsSettings.DNS) && !s.startsWith(MtlsSettings.URI))
            .map(X500Principal::new)
            .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> entries(List<String> subjects, String prefix) {
    return subjects.stream()
        .filter(subject -> subject.startsWith(prefix))
        .map(subject -> subject.substring(prefix.length()))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Optional<Authentication> check(WebhookRequest request) {
    return request.peerCertificate().map(this::judge);
  }

  private Authentication judge(X509Certificate certificate) {
    X500Principal subject = certificate.getSubjectX500Principal();
    if (distinguishedNames.contains(subject)) {
      return accepted(subject.getName());
    }
    return alternativeName(certificate)
        .<Authentication>map(CertificateCheck::accepted)
        .orElseGet(() -> Authentication.Refused.forbidden(RefusalReason.UnknownSubject));
  }

  private Optional<String> alternativeName(X509Certificate certificate) {
    Collection<List<?>> names;
    try {
      names = certificate.getSubjectAlternativeNames();
    } catch (CertificateParsingException _) {
      return Optional.empty();
    }
    if (names == null) {
      return Optional.empty();
    }
    return names.stream()
        .filter(
            name ->
                name.get(1) instanceof String text
                    && switch ((Integer) name.get(0)) {
                      case DNS_NAME -> dnsNames.contains(text);
                      case URI -> uris.contains(text);
                      default -> false;
                    })
        .map(name -> (String) name.get(1))
        .findFirst();
  }

  private static Authentication.Accepted accepted(String name) {
    return new Authentication.Accepted(new Caller(AuthMode.MTLS, name));
  }
}
