// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.git;

import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.pr.forge.CredentialsDirectory;
import io.heal8s.pr.forge.CredentialsDirectory.Mounted;
import io.heal8s.pr.intent.Reply;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.jspecify.annotations.Nullable;

/**
 * Basic authentication from mounted files, named as in Secrets of type {@code
 * kubernetes.io/basic-auth}: {@code username} and {@code password}; a {@code token} alone will do.
 */
final class HttpCredentials {

  /** What forges take as the user of a token. */
  private static final String TOKEN_USER = "x-access-token";

  private HttpCredentials() {}

  /**
   * Refuses a password without a list of what it is for: it goes to any server that an address
   * names, and addresses are named by policies.
   */
  static Reply<Mounted> bound(RemoteAddress address, Mounted mounted) {
    boolean secret = mounted.file("password").isPresent() || mounted.file("token").isPresent();
    if (address.isHttp() && secret && !mounted.listsRepositories()) {
      return new Reply.Wrong<>(
          PullRequestReason.CredentialsInvalid,
          "credentials '%s' do not say which repositories they are for; add a value %s, one address a line, such as https://git.example.org/team/*"
              .formatted(mounted.name(), CredentialsDirectory.REPOSITORIES));
    }
    return new Reply.Known<>(mounted);
  }

  /** The provider; null when nothing is mounted, and nothing is presented then. */
  static @Nullable CredentialsProvider of(Mounted mounted) throws IOException {
    Optional<String> secret = mounted.text("password");
    if (secret.isEmpty()) {
      secret = mounted.text("token");
    }
    if (secret.isEmpty()) {
      return null;
    }
    return new UsernamePasswordCredentialsProvider(
        mounted.text("username").orElse(TOKEN_USER), secret.get());
  }
}
