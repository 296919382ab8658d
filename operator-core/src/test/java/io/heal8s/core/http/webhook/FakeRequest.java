// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.webhook;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request without a server; knows whether its body was asked for. */
final class FakeRequest implements WebhookRequest {
  private record Line(String name, String value) {}

  private final List<Line> lines = new ArrayList<>();
  private byte[] body = new byte[0];
  private @Nullable X509Certificate certificate;
  private boolean bodyRead;

  FakeRequest header(String name, String value) {
    lines.add(new Line(name, value));
    return this;
  }

  FakeRequest bearer(String token) {
    return header("authorization", "Bearer " + token);
  }

  FakeRequest body(String text) {
    this.body = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  FakeRequest certificate(X509Certificate peer) {
    this.certificate = peer;
    return this;
  }

  boolean bodyWasRead() {
    return bodyRead;
  }

  @Override
  public List<String> headers(String name) {
    return lines.stream()
        .filter(line -> line.name().equalsIgnoreCase(name))
        .map(Line::value)
        .toList();
  }

  @Override
  public Optional<X509Certificate> peerCertificate() {
    return Optional.ofNullable(certificate);
  }

  @Override
  public byte[] body() {
    bodyRead = true;
    return body;
  }
}
