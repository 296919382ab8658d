// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.webhook;

import io.heal8s.core.http.secret.MountedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Compares a signature with HMAC-SHA256 over the body, or over {@code <timestamp>:<body>} where the
 * sender signs a timestamp (Grafana's way).
 *
 * <p>A request can be replayed within the window. That is harmless here: the same body leads to the
 * same object, whose second creation changes nothing.
 */
final class SignatureCheck implements CredentialCheck {
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

  private final HmacSettings settings;
  private final List<MountedFile<List<Key>>> files;
  private final InstantSource clock;

  SignatureCheck(HmacSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.files =
        settings.keyFiles().stream()
            .map(path -> new MountedFile<>(path, SignatureCheck::keys, clock))
            .toList();
  }

  /** Whether at least one key can be read. */
  boolean isReady() {
    return files.stream().anyMatch(file -> !file.current().isEmpty());
  }

  @Override
  public Optional<Authentication> check(WebhookRequest request) throws IOException {
    return switch (SingleHeader.of(request, settings.signatureHeader())) {
      case SingleHeader.Absent _ -> Optional.empty();
      case SingleHeader.Repeated _ ->
          Optional.of(Authentication.Refused.unknown(RefusalReason.AmbiguousCredentials));
      case SingleHeader.Present(String signature) -> Optional.of(judge(request, signature));
    };
  }

  private Authentication judge(WebhookRequest request, String signature) throws IOException {
    String prefix = settings.style().prefix();
    String hex = signature.startsWith(prefix) ? signature.substring(prefix.length()) : "";
    if (!HEX.matcher(hex).matches()) {
      return Authentication.Refused.unknown(RefusalReason.BadSignature);
    }
    byte[] sent = HexFormat.of().parseHex(hex);
    String header = settings.timestampHeader();
    if (header == null) {
      return compare(sent, null, request.body());
    }
    return switch (SingleHeader.of(request, header)) {
      case SingleHeader.Absent _ -> Authentication.Refused.unknown(RefusalReason.TimestampMissing);
      case SingleHeader.Repeated _ ->
          Authentication.Refused.unknown(RefusalReason.AmbiguousCredentials);
      case SingleHeader.Present(String timestamp) -> judge(request, sent, timestamp);
    };
  }

  private Authentication judge(WebhookRequest request, byte[] sent, String timestamp)
      throws IOException {
    if (!SECONDS.matcher(timestamp).matches()) {
      return Authentication.Refused.unknown(RefusalReason.TimestampMissing);
    }
    Instant signedAt = Instant.ofEpochSecond(Long.parseLong(timestamp));
    Duration age = Duration.between(signedAt, clock.instant()).abs();
    if (age.compareTo(settings.window()) > 0) {
      return Authentication.Refused.unknown(RefusalReason.TimestampOutsideWindow);
    }
    return compare(sent, timestamp, request.body());
  }

  private Authentication compare(byte[] sent, @Nullable String timestamp, byte[] body) {
    Authentication result = Authentication.Refused.unknown(RefusalReason.BadSignature);
    boolean any = false;
    for (MountedFile<List<Key>> file : files) {
      for (Key key : file.current()) {
        any = true;
        Mac mac = Sha256.hmac(key);
        if (timestamp != null) {
          mac.update((timestamp + ":").getBytes(StandardCharsets.UTF_8));
        }
        if (MessageDigest.isEqual(mac.doFinal(body), sent)) {
          result =
              new Authentication.Accepted(
                  new Caller(AuthMode.HMAC, String.valueOf(file.path().getFileName())));
        }
      }
    }
    return any ? result : new Authentication.Unavailable(RefusalReason.CredentialsUnreadable);
  }

  private static List<Key> keys(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> line.length() >= BearerCheck.MIN_LENGTH)
        .<Key>map(line -> new SecretKeySpec(line.getBytes(StandardCharsets.UTF_8), Sha256.HMAC))
        .toList();
  }
}
