// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.git;

import io.heal8s.core.decide.naming.StableHash;
import io.heal8s.pr.forge.CredentialsDirectory.Mounted;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The mirrors of this process: one for each repository and credentials name. */
final class Mirrors implements AutoCloseable {

  private record Key(String address, String credentials) {}

  private final GitSettings settings;
  private final LongSupplier nanoTime;
  private final SshSessions ssh;
  private final Map<Key, Mirror> mirrors = new ConcurrentHashMap<>();

  Mirrors(GitSettings settings, LongSupplier nanoTime) {
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.ssh = new SshSessions(settings.cache());
  }

  /** The mirror of a repository as those credentials see it. */
  Mirror of(RemoteAddress address, Mounted mounted) {
    Key key = new Key(address.uri().toPrivateString(), mounted.name());
    return mirrors.computeIfAbsent(
        key,
        k -> {
          String name = new StableHash().text(k.address()).text(k.credentials()).hex(24) + ".git";
          Remote remote = new Remote(address, mounted, ssh, settings.timeout());
          return new Mirror(settings.cache().resolve(name), remote, settings.fresh(), nanoTime);
        });
  }

  @Override
  public void close() {
    mirrors.values().forEach(Mirror::close);
    ssh.close();
  }
}
