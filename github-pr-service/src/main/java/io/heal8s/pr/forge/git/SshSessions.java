// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.git;

import io.heal8s.pr.forge.CredentialsDirectory.Mounted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;

/**
 * Ssh sessions from mounted files, named as in Secrets of type {@code kubernetes.io/ssh-auth}:
 * {@code ssh-privatekey}, and {@code known_hosts} beside it. A host that is not in known_hosts is
 * refused; the user's own ssh settings are not looked at.
 */
final class SshSessions implements AutoCloseable {

  private final Path home;
  private final Map<Path, SshdSessionFactory> factories = new ConcurrentHashMap<>();

  /** Sessions that find nothing else under that directory. */
  SshSessions(Path home) {
    this.home = home;
  }

  /**
   * The factory for one set of credentials.
   *
   * @throws MissingCredentials when a file that ssh needs is not mounted
   */
  SshSessionFactory of(Mounted mounted) throws IOException {
    Path key = need(mounted, "ssh-privatekey");
    Path knownHosts = need(mounted, "known_hosts");
    Path empty = Files.createDirectories(home.resolve("no-ssh-settings"));
    return factories.computeIfAbsent(
        key,
        path ->
            new SshdSessionFactoryBuilder()
                .setHomeDirectory(empty.toFile())
                .setSshDirectory(empty.toFile())
                .setConfigFile(directory -> null)
                .setPreferredAuthentications("publickey")
                .setDefaultIdentities(directory -> List.of(path))
                .setDefaultKnownHostsFiles(directory -> List.of(knownHosts))
                .build(null));
  }

  private static Path need(Mounted mounted, String file) throws MissingCredentials {
    return mounted
        .file(file)
        .orElseThrow(
            () ->
                new MissingCredentials(
                    "credentials '%s' have no file %s, which ssh needs"
                        .formatted(mounted.name(), file)));
  }

  @Override
  public void close() {
    factories.values().forEach(SshdSessionFactory::close);
    factories.clear();
  }

  /** A file is missing in mounted credentials. */
  static final class MissingCredentials extends IOException {
    private static final long serialVersionUID = 1L;

    MissingCredentials(String message) {
      super(message);
    }
  }
}
