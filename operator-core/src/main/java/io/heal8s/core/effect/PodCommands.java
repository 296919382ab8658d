// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.WebSocket;

/**
 * Runs commands in containers, over a WebSocket in the subprotocols {@code v5.channel.k8s.io} or
 * {@code v4.channel.k8s.io}. What is read of a result is the server's Status on the error channel
 * and nothing of the output, so an exit code is the command's own.
 */
public final class PodCommands {

  static final ResourceType<JsonObject> POD = ResourceType.untyped("", "v1", "Pod", "pods", true);

  private static final String PROTOCOLS = "v5.channel.k8s.io, v4.channel.k8s.io";

  /** What came of a command. */
  public sealed interface Result {

    /**
     * It ended.
     *
     * @param code exit code
     * @param output the last 4 KiB of what it wrote, both streams in the order of their arrival
     */
    record Exited(int code, String output) implements Result {}

    /** It was not begun. */
    record NotBegun(ApiFailure failure) implements Result {}

    /** It was begun, or may have been, and its end was not seen. */
    record Lost(String message) implements Result {}
  }

  private final KubernetesApi api;

  /** Runs through that transport, as its identity. */
  public PodCommands(KubernetesApi api) {
    this.api = api;
  }

  /**
   * Runs a command; blocks until it ended or the time is over. A command whose time is over may go
   * on: only its connection is closed.
   *
   * @param container container of the pod
   * @param argv program and arguments
   * @param timeout longest time, the connection included
   */
  public Result run(ObjectKey pod, String container, List<String> argv, Duration timeout) {
    ApiRequest request =
        ApiRequest.get(POD.path(pod) + "/exec")
            .with("container", container)
            .with("stdout", "true")
            .with("stderr", "true")
            .withCommand(argv);
    CommandChannels channels = new CommandChannels();
    WebSocket socket;
    try {
      socket = api.open(request, PROTOCOLS, channels);
    } catch (IOException noCredentials) {
      return new Result.NotBegun(ApiFailures.of(api.server(), noCredentials));
    }
    try {
      return channels.result().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      return new Result.Lost("it did not end in " + timeout.toSeconds() + " s");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Result.Lost("the operator was stopped while it ran");
    } catch (ExecutionException bug) {
      throw new IllegalStateException(bug.getCause());
    } finally {
      socket.cancel();
    }
  }
}
