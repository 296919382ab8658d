// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import java.net.URI;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** Where the REST interface is, for programs on this machine. */
final class OwnAddress implements ApplicationListener<WebServerInitializedEvent> {

  private static final int START_SECONDS = 60;
  private static final Set<String> ALL = Set.of("", "0.0.0.0", "::");

  private final String host;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();

  /** Makes it; the address is the one that the server is told to listen on. */
  OwnAddress(String address) {
    this.host = ALL.contains(address) ? "127.0.0.1" : address;
  }

  @Override
  public void onApplicationEvent(WebServerInitializedEvent event) {
    // The management pages have a server of their own.
    if (event.getApplicationContext().getServerNamespace() == null) {
      port.complete(event.getWebServer().getPort());
    }
  }

  /** The address; waits for the server, for resources are reconciled before it is there. */
  URI get() {
    try {
      return URI.create(
          "http://%s:%d"
              .formatted(
                  host.contains(":") ? "[" + host + "]" : host,
                  port.get(START_SECONDS, TimeUnit.SECONDS)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the service ends", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the REST interface is not there yet", e);
    }
  }
}
