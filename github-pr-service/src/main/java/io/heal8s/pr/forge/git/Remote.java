// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.git;

import io.heal8s.pr.forge.CredentialsDirectory.Mounted;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;

/**
 * Talks to one remote repository with one set of credentials.
 *
 * @param address where it is
 * @param mounted credentials, read anew for every connection
 * @param ssh makes ssh sessions from credentials
 * @param timeout longest silence
 */
record Remote(RemoteAddress address, Mounted mounted, SshSessions ssh, Duration timeout) {

  private static final String OURS = "refs/heads/heal8s/*";

  /**
   * Brings base branches and our branches into the mirror and takes away what is gone at the
   * remote.
   *
   * @return base branches that the remote does not have
   */
  Set<String> fetch(Repository mirror, Set<String> bases) throws IOException {
    try {
      fetchExactly(mirror, bases);
      return Set.of();
    } catch (TransportException failure) {
      // A fetch fails as a whole when one branch is missing; only the list of refs tells which.
      Set<String> missing = missing(mirror, bases);
      if (missing.isEmpty()) {
        throw failure;
      }
      Set<String> there = new HashSet<>(bases);
      there.removeAll(missing);
      fetchExactly(mirror, there);
      return missing;
    }
  }

  private void fetchExactly(Repository mirror, Set<String> bases) throws IOException {
    List<RefSpec> specs =
        Stream.concat(bases.stream().sorted().map(b -> Constants.R_HEADS + b), Stream.of(OURS))
            .map(ref -> new RefSpec("+" + ref + ":" + ref))
            .toList();
    try (Transport transport = open(mirror)) {
      transport.setRemoveDeletedRefs(true);
      transport.setTagOpt(TagOpt.NO_TAGS);
      transport.fetch(NullProgressMonitor.INSTANCE, specs);
    }
  }

  private Set<String> missing(Repository mirror, Set<String> bases) throws IOException {
    try (Transport transport = open(mirror);
        FetchConnection connection = transport.openFetch()) {
      Set<String> missing = new HashSet<>(bases);
      for (Ref ref : connection.getRefs()) {
        missing.remove(Repository.shortenRefName(ref.getName()));
      }
      return missing;
    }
  }

  /** Sends one update of one ref; its status says what came of it. */
  RemoteRefUpdate push(Repository mirror, RemoteRefUpdate update) throws IOException {
    try (Transport transport = open(mirror)) {
      PushResult result = transport.push(NullProgressMonitor.INSTANCE, List.of(update));
      RemoteRefUpdate answered = result.getRemoteUpdate(update.getRemoteName());
      return answered == null ? update : answered;
    }
  }

  private Transport open(Repository mirror) throws IOException {
    Transport transport;
    try {
      transport = Transport.open(mirror, address.uri());
    } catch (NotSupportedException e) {
      // A path without a repository is not recognised as an address at all.
      NoRemoteRepositoryException none =
          new NoRemoteRepositoryException(address.uri(), "not found");
      none.initCause(e);
      throw none;
    }
    try {
      transport.setTimeout((int) Math.max(1, timeout.toSeconds()));
      if (transport instanceof SshTransport over) {
        over.setSshSessionFactory(ssh.of(mounted));
      } else {
        transport.setCredentialsProvider(HttpCredentials.of(mounted));
      }
      return transport;
    } catch (IOException | RuntimeException e) {
      transport.close();
      throw e;
    }
  }
}
