// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CertificateCheckTest {
  record Case(
      List<String> listed, String subject, List<GeneralName> names, boolean in, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Case> cases() {
    String subject = "CN=alertmanager,O=monitoring";
    return Stream.of(
        new Case(List.of(subject), subject, List.of(), true, "the subject is listed"),
        new Case(
            List.of("cn=Alertmanager, o=Monitoring"),
            subject,
            List.of(),
            true,
            "names are compared as X.500 does, without case and space"),
        new Case(
            List.of("CN=alertmanager"), subject, List.of(), false, "a part of a name is another"),
        new Case(
            List.of(subject),
            "CN=alertmanager,O=somebody",
            List.of(),
            false,
            "another organisation is somebody else"),
        new Case(
            List.of("dns:alertmanager.monitoring.svc"),
            "CN=x",
            List.of(TestCertificates.dns("alertmanager.monitoring.svc")),
            true,
            "a listed DNS name"),
        new Case(
            List.of("uri:spiffe://cluster/ns/monitoring/sa/alertmanager"),
            "CN=x",
            List.of(
                TestCertificates.dns("y"),
                TestCertificates.uri("spiffe://cluster/ns/monitoring/sa/alertmanager")),
            true,
            "a listed URI beside another name"),
        new Case(
            List.of("dns:a"),
            "CN=x",
            List.of(TestCertificates.uri("a")),
            false,
            "a URI is no DNS name"),
        new Case(List.of("dns:a"), "CN=a", List.of(), false, "a common name is no DNS name"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void comparesWithTheList(Case c) throws Exception {
    WebhookAuthenticator authenticator = authenticator(c.listed());
    TestCertificates.Identity identity =
        TestCertificates.identity(c.subject(), c.names().toArray(new GeneralName[0]));

    Authentication result =
        authenticator.authenticate(new FakeRequest().certificate(identity.certificate()));

    if (c.in()) {
      assertThat(result).as(c.because()).isInstanceOf(Authentication.Accepted.class);
    } else {
      assertThat(result)
          .as(c.because())
          .isEqualTo(new Authentication.Refused(403, RefusalReason.UnknownSubject));
    }
  }

  @Test
  void withoutACertificateThereIsNothingToJudge() throws Exception {
    assertThat(authenticator(List.of("CN=a")).authenticate(new FakeRequest()))
        .isEqualTo(new Authentication.Refused(401, RefusalReason.NoCredentials));
  }

  private static WebhookAuthenticator authenticator(List<String> subjects) {
    return WebhookAuthenticator.of(
        new WebhookAuthSettings(
            Set.of(AuthMode.MTLS), null, null, new MtlsSettings(subjects), null),
        null,
        InstantSource.system());
  }
}
