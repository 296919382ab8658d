// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.webhook;

import io.heal8s.core.http.secret.MountedFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Compares the bearer token with those of mounted files. Any number of tokens is valid at once, so
 * that they can be rotated without a gap.
 *
 * <p>Digests are compared, not tokens: the time says nothing about a token's length or its first
 * characters, and no token stays in memory.
 */
final class BearerCheck implements CredentialCheck {
  /** Shorter tokens could be guessed; they are taken for a mistake in the file. */
  static final int MIN_LENGTH = 16;

  private final List<MountedFile<List<byte[]>>> files;

  BearerCheck(List<Path> paths, InstantSource clock) {
    this.files =
        paths.stream().map(path -> new MountedFile<>(path, BearerCheck::digests, clock)).toList();
  }

  /** Whether at least one token can be read. */
  boolean isReady() {
    return files.stream().anyMatch(file -> !file.current().isEmpty());
  }

  @Override
  public Optional<Authentication> check(WebhookRequest request) {
    return switch (BearerToken.of(request)) {
      case BearerToken.Absent _ -> Optional.empty();
      case BearerToken.Repeated _ ->
          Optional.of(Authentication.Refused.unknown(RefusalReason.AmbiguousCredentials));
      case BearerToken.Present(var token) -> Optional.of(compare(Sha256.of(token.revealBytes())));
    };
  }

  private Authentication compare(byte[] digest) {
    Authentication result = Authentication.Refused.unknown(RefusalReason.UnknownToken);
    boolean any = false;
    // No early end: the time must not tell which token was the right one.
    for (MountedFile<List<byte[]>> file : files) {
      for (byte[] known : file.current()) {
        any = true;
        if (MessageDigest.isEqual(known, digest)) {
          result =
              new Authentication.Accepted(
                  new Caller(AuthMode.BEARER, String.valueOf(file.path().getFileName())));
        }
      }
    }
    return any ? result : new Authentication.Unavailable(RefusalReason.CredentialsUnreadable);
  }

  private static List<byte[]> digests(String text) {
    return text.lines()
        .map(String::strip)
        .filter(token -> token.length() >= MIN_LENGTH)
        .map(token -> Sha256.of(token.getBytes(StandardCharsets.UTF_8)))
        .toList();
  }
}
