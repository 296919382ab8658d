// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The repositories that are here. */
final class Hosting {

  private final Links links;
  private final InstantSource clock;
  private final Map<String, HostedRepository> repositories = new ConcurrentHashMap<>();

  Hosting(Links links, InstantSource clock) {
    this.links = links;
    this.clock = clock;
  }

  HostedRepository add(String owner, String name, Path bare) {
    int id = repositories.size() + 1;
    HostedRepository made = new HostedRepository(id, owner, name, bare, links, clock);
    repositories.put(key(owner, name), made);
    return made;
  }

  /** The repository, if it is here and the caller sees it. */
  Optional<HostedRepository> find(String owner, String name, Caller caller) {
    return caller.access() == Access.NONE
        ? Optional.empty()
        : Optional.ofNullable(repositories.get(key(owner, name)));
  }

  /** The repository of that node id. */
  Optional<HostedRepository> byNodeId(String id) {
    return repositories.values().stream().filter(r -> r.nodeId().equals(id)).findFirst();
  }

  /** The pull request of that node id. */
  Optional<HostedPullRequest> pullByNodeId(String id) {
    return repositories.values().stream()
        .flatMap(r -> r.all().stream())
        .filter(pull -> pull.nodeId().equals(id))
        .findFirst();
  }

  void close() {
    repositories.values().forEach(HostedRepository::close);
  }

  private static String key(String owner, String name) {
    return (owner + "/" + name).toLowerCase(Locale.ROOT);
  }
}
