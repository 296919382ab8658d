// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.github;

import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.core.http.secret.Secret;
import io.heal8s.pr.forge.CredentialsDirectory.Mounted;
import io.heal8s.pr.intent.Reply;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One set of mounted credentials, as it is at this moment. Equal as long as nothing was rotated.
 * Files: {@code token}, or {@code appId}, {@code privateKey} and perhaps {@code installationId};
 * and {@code apiUrl} for another GitHub than that of the settings.
 */
record Credentials(String name, URI api, Identity identity) {

  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

  /** Who we are. */
  sealed interface Identity {

    /** A personal or a machine user's token. */
    record Token(Secret secret) implements Identity {}

    /**
     * A GitHub App.
     *
     * @param installation null to look it up by the repository
     */
    record App(String id, Secret privateKey, @Nullable Long installation) implements Identity {}
  }

  /** Reads the files. */
  static Reply<Credentials> of(Mounted mounted, GithubSettings settings) {
    try {
      Optional<String> url = mounted.text("apiUrl").filter(text -> !text.isEmpty());
      URI api = url.isPresent() ? URI.create(url.get()) : settings.api();
      String problem = GithubSettings.problem(api);
      if (problem != null) {
        return wrong(mounted, "apiUrl: " + problem);
      }
      Optional<String> token = mounted.text("token").filter(text -> !text.isEmpty());
      if (token.isPresent()) {
        return new Reply.Known<>(
            new Credentials(mounted.name(), api, new Identity.Token(Secret.of(token.get()))));
      }
      return app(mounted, api);
    } catch (IOException unreadable) {
      return wrong(mounted, "a file cannot be read: " + unreadable.getMessage());
    } catch (IllegalArgumentException notOne) {
      return wrong(mounted, "apiUrl is no address");
    }
  }

  private static Reply<Credentials> app(Mounted mounted, URI api) throws IOException {
    Optional<String> id = mounted.text("appId");
    Optional<String> key = mounted.text("privateKey");
    Optional<String> installation = mounted.text("installationId").filter(text -> !text.isEmpty());
    if (id.isEmpty() || key.isEmpty()) {
      return wrong(
          mounted,
          "GitHub needs a file token, or appId and privateKey (and installationId, if the App is"
              + " installed more than once)");
    }
    if (!NUMBER.matcher(id.get()).matches()
        || !installation.map(text -> NUMBER.matcher(text).matches()).orElse(true)) {
      return wrong(mounted, "appId and installationId must be the numbers that GitHub shows");
    }
    return new Reply.Known<>(
        new Credentials(
            mounted.name(),
            api,
            new Identity.App(
                id.get(), Secret.of(key.get()), installation.map(Long::valueOf).orElse(null))));
  }

  private static <T> Reply<T> wrong(Mounted mounted, String what) {
    return new Reply.Wrong<>(
        PullRequestReason.CredentialsInvalid,
        "credentials '" + mounted.name() + "' in " + mounted.directory() + ": " + what);
  }
}
