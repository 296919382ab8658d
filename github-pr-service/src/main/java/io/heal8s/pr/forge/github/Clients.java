// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.github;

import io.heal8s.pr.forge.ForgeMetrics;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One client for each set of credentials, made anew when a mounted file changed. */
final class Clients implements AutoCloseable {

  /** An App without a named installation has one for each repository. */
  private record Key(String credentials, @Nullable RepositoryName repository) {}

  private final GithubSettings settings;
  private final InstantSource clock;
  private final ForgeMetrics metrics;
  private final Map<Key, GithubClient> clients = new HashMap<>();

  Clients(GithubSettings settings, InstantSource clock, ForgeMetrics metrics) {
    this.settings = settings;
    this.clock = clock;
    this.metrics = metrics;
  }

  synchronized GithubClient of(Credentials credentials, RepositoryName repository)
      throws IOException {
    Key key = key(credentials, repository);
    GithubClient known = clients.get(key);
    if (known != null && known.credentials().equals(credentials)) {
      return known;
    }
    GithubClient made = new GithubClient(credentials, repository, settings, clock, metrics);
    drop(key);
    clients.put(key, made);
    return made;
  }

  /** The next use logs in anew. */
  synchronized void forget(GithubClient client, RepositoryName repository) {
    Key key = key(client.credentials(), repository);
    if (clients.get(key) == client) {
      drop(key);
    }
  }

  private void drop(Key key) {
    GithubClient old = clients.remove(key);
    if (old != null) {
      old.close();
    }
  }

  private static Key key(Credentials credentials, RepositoryName repository) {
    boolean one =
        !(credentials.identity() instanceof Credentials.Identity.App app)
            || app.installation() != null;
    return new Key(credentials.name(), one ? null : repository);
  }

  @Override
  public synchronized void close() {
    clients.values().forEach(GithubClient::close);
    clients.clear();
  }
}
