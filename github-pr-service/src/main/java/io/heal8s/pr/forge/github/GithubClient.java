// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.github;

import com.google.gson.JsonObject;
import io.heal8s.core.http.outbound.OutboundHttpClient;
import io.heal8s.core.http.outbound.OutboundRequest;
import io.heal8s.core.http.outbound.OutboundSettings;
import io.heal8s.pr.forge.ForgeMetrics;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubAbuseLimitHandler;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.GitHubRateLimitHandler;
import org.kohsuke.github.RateLimitChecker;
import org.kohsuke.github.authorization.AppInstallationAuthorizationProvider;
import org.kohsuke.github.authorization.AuthorizationProvider;
import org.kohsuke.github.extras.authorization.JWTTokenProvider;

/**
 * GitHub as one set of credentials sees it. Objects come from the client library; what it has no
 * words for is sent as GraphQL or as plain JSON. Safe for many threads.
 */
final class GithubClient implements AutoCloseable {

  private static final int MOST_BYTES = 32 << 20;

  private final Credentials credentials;
  private final OutboundHttpClient http;
  private final GuardedConnector connector;
  private final AuthorizationProvider authorization;
  private final GitHub library;
  private final Graphql graphql;
  private final Map<RepositoryName, GHRepository> repositories = new ConcurrentHashMap<>();

  /**
   * A client of its own.
   *
   * @param about repository by which the App's installation is looked up, if it is not named
   * @throws IOException when the credentials are unusable; the message tells nothing of them
   */
  GithubClient(
      Credentials credentials,
      RepositoryName about,
      GithubSettings settings,
      InstantSource clock,
      ForgeMetrics metrics)
      throws IOException {
    this.credentials = credentials;
    this.authorization = authorization(credentials.identity(), about);
    this.http = new OutboundHttpClient(guard(credentials.api(), settings));
    this.connector =
        new GuardedConnector(credentials.api(), http, clock, new LimitGate(clock), metrics);
    this.library =
        new GitHubBuilder()
            .withEndpoint(credentials.api().toString().replaceFirst("/+$", ""))
            .withAuthorizationProvider(authorization)
            .withConnector(connector)
            // The connector tells limits itself; nothing may sleep in here.
            .withRateLimitHandler(GitHubRateLimitHandler.FAIL)
            .withAbuseLimitHandler(GitHubAbuseLimitHandler.FAIL)
            .withRateLimitChecker(RateLimitChecker.NONE)
            .build();
    this.graphql = new Graphql(Graphql.beside(credentials.api()), connector, authorization);
  }

  private static OutboundSettings guard(URI api, GithubSettings settings) {
    boolean plain = api.getScheme().equalsIgnoreCase("http");
    int port = api.getPort() >= 0 ? api.getPort() : plain ? 80 : 443;
    // A token in clear text only within one's own network, which the list of blocks names.
    boolean allowed = plain && !settings.allowedCidrs().isEmpty();
    return new OutboundSettings(
        allowed ? Set.of("http") : Set.of("https"),
        Set.of(port),
        settings.allowedCidrs(),
        null,
        settings.timeout(),
        MOST_BYTES,
        null);
  }

  private static AuthorizationProvider authorization(
      Credentials.Identity identity, RepositoryName about) throws IOException {
    return switch (identity) {
      // Not the library's own provider for tokens, which asks for the user's name first.
      case Credentials.Identity.Token(var secret) -> () -> "Bearer " + secret.reveal();
      case Credentials.Identity.App(String id, var privateKey, Long installation) -> {
        try {
          JWTTokenProvider assertion =
              new JWTTokenProvider(id, PrivateKeys.read(privateKey.reveal()));
          yield new AppInstallationAuthorizationProvider(
              app ->
                  installation == null
                      ? app.getInstallationByRepository(about.owner(), about.name())
                      : app.getInstallationById(installation),
              assertion);
        } catch (GeneralSecurityException unreadable) {
          throw new UnusableKey(unreadable);
        }
      }
    };
  }

  Credentials credentials() {
    return credentials;
  }

  /** The repository, asked for once. */
  GHRepository repository(RepositoryName name) throws IOException {
    GHRepository known = repositories.get(name);
    if (known == null) {
      known = library.getRepository(name.toString());
      repositories.put(name, known);
    }
    return known;
  }

  /** Asks for the repository anew next time. */
  void forget(RepositoryName name) {
    repositories.remove(name);
  }

  Graphql graphql() {
    return graphql;
  }

  /** Posts JSON to a path below the API's root. */
  void post(String path, JsonObject body) throws IOException {
    URI uri = URI.create(credentials.api().toString().replaceFirst("/+$", "") + path);
    connector.exchange(
        OutboundRequest.of("POST", uri)
            .header("Accept", "application/vnd.github+json")
            .header("Authorization", String.valueOf(authorization.getEncodedAuthorization()))
            .body("application/json", body.toString().getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    http.close();
  }

  /** The App's private key cannot be read. */
  static final class UnusableKey extends IOException {
    private static final long serialVersionUID = 1L;

    UnusableKey(GeneralSecurityException cause) {
      super("privateKey: " + cause.getMessage(), cause);
    }
  }
}
