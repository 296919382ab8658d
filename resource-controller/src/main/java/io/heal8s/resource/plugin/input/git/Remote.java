// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.git;

import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/** The server side of a source. */
record Remote(GitSource source) {

  /** What forges take as the user of a token. */
  private static final String TOKEN_USER = "x-access-token";

  /**
   * Where the branch is now; leaves nothing on the disk.
   *
   * @throws IOException when the repository cannot be read, or has no such branch
   */
  ObjectId head() throws IOException {
    try (Repository none = new InMemoryRepository(new DfsRepositoryDescription("none"))) {
      keepCredentialsHome(none.getConfig());
      try (Transport transport = transport(none);
          FetchConnection connection = transport.openFetch()) {
        Ref ref = connection.getRef(Constants.R_HEADS + source.branch());
        if (ref == null || ref.getObjectId() == null) {
          throw new IOException("there is no branch " + source.branch());
        }
        return ref.getObjectId();
      }
    }
  }

  /** A server must not send us, and our password, to another host. */
  static void keepCredentialsHome(StoredConfig config) {
    config.setString("http", null, "followRedirects", "false");
  }

  /** A connection that is to be closed. */
  Transport transport(Repository repository) throws IOException {
    Optional<String> password = source.settings().file("passwordFile");
    Transport transport = Transport.open(repository, source.repository());
    transport.setTimeout((int) Math.max(1, source.timeout().toSeconds()));
    password.ifPresent(
        secret ->
            transport.setCredentialsProvider(
                new UsernamePasswordCredentialsProvider(
                    source.settings().text("username", TOKEN_USER), secret)));
    return transport;
  }
}
