// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.plugin.state.Credential;
import io.heal8s.resource.plugin.state.StateAccess;
import io.heal8s.resource.plugin.state.StatePosition;
import io.heal8s.resource.plugin.state.StateStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Leads programs that this process starts to {@link StateController} of the same process.
 * Credentials that only read are kept in memory: a plan whose process died is worth nothing.
 */
public final class LoopbackStates implements StateAccess {

  private final StateStore states;
  private final Supplier<URI> server;
  private final Supplier<Credential> credentials;
  private final Map<String, Reader> readers = new ConcurrentHashMap<>();

  /**
   * Makes it.
   *
   * @param states the states
   * @param server address of the REST interface, as this machine sees it
   * @param credentials gives a new one each time
   */
  public LoopbackStates(StateStore states, Supplier<URI> server, Supplier<Credential> credentials) {
    this.states = states;
    this.server = server;
    this.credentials = credentials;
  }

  @Override
  public URI address(long resourceId) {
    return server.get().resolve(StateController.PATH + "/" + resourceId);
  }

  @Override
  public StatePosition position(long resourceId) {
    return states.position(resourceId);
  }

  @Override
  public Reading read(long resourceId) {
    Credential credential = credentials.get();
    readers.put(credential.name(), new Reader(resourceId, credential.digest()));
    return new Reading() {
      @Override
      public Credential credential() {
        return credential;
      }

      @Override
      public void close() {
        readers.remove(credential.name());
      }
    };
  }

  /** Whether this may read that state. */
  boolean mayRead(long resourceId, Credential credential) {
    Reader reader = readers.get(credential.name());
    return reader != null
        && reader.resourceId() == resourceId
        && MessageDigest.isEqual(
            reader.digest().getBytes(StandardCharsets.UTF_8),
            credential.digest().getBytes(StandardCharsets.UTF_8));
  }

  private record Reader(long resourceId, String digest) {}
}
