// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.heal8s.core.effect.PodCommands.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The channels of one running command: the first byte of each message says which. OkHttp calls this
 * from one thread at a time.
 */
final class CommandChannels extends WebSocketListener {

  private static final int STDOUT = 1;
  private static final int STDERR = 2;
  private static final int ERROR = 3;
  private static final int MOST = 4096;

  private final CompletableFuture<Result> result = new CompletableFuture<>();
  private byte[] tail = new byte[0];
  private volatile boolean opened;

  CompletableFuture<Result> result() {
    return result;
  }

  @Override
  public void onOpen(WebSocket socket, Response response) {
    opened = true;
  }

  @Override
  public void onMessage(WebSocket socket, ByteString bytes) {
    if (bytes.size() == 0) {
      return;
    }
    byte[] body = bytes.substring(1).toByteArray();
    switch (bytes.getByte(0)) {
      case STDOUT, STDERR -> keep(body);
      case ERROR -> {
        result.complete(ended(new String(body, StandardCharsets.UTF_8)));
        socket.close(1000, null);
      }
      default -> {}
    }
  }

  private void keep(byte[] body) {
    byte[] all = Arrays.copyOf(tail, tail.length + body.length);
    System.arraycopy(body, 0, all, tail.length, body.length);
    tail = all.length <= MOST ? all : Arrays.copyOfRange(all, all.length - MOST, all.length);
  }

  private Result ended(String status) {
    String output = new String(tail, StandardCharsets.UTF_8);
    try {
      JsonObject json = WireJson.GSON.fromJson(status, JsonObject.class);
      if (text(json, "status").equals("Success")) {
        return new Result.Exited(0, output);
      }
      if (text(json, "reason").equals("NonZeroExitCode")
          && json.get("details") instanceof JsonObject details) {
        for (JsonElement cause : details.getAsJsonArray("causes")) {
          if (text(cause.getAsJsonObject(), "reason").equals("ExitCode")) {
            return new Result.Exited(
                Integer.parseInt(text(cause.getAsJsonObject(), "message")), output);
          }
        }
      }
      return new Result.Lost(text(json, "message"));
    } catch (JsonParseException | IllegalStateException | NumberFormatException notAStatus) {
      return new Result.Lost("the server's last word cannot be read");
    }
  }

  private static String text(@Nullable JsonObject object, String field) {
    JsonElement value = object == null ? null : object.get(field);
    return value == null || !value.isJsonPrimitive() ? "" : value.getAsString();
  }

  @Override
  public void onClosing(WebSocket socket, int code, String reason) {
    socket.close(1000, null);
    result.complete(new Result.Lost("the connection was closed before an exit code came"));
  }

  @Override
  public void onFailure(WebSocket socket, Throwable cause, @Nullable Response response) {
    if (opened) {
      result.complete(new Result.Lost("the connection broke: " + cause.getMessage()));
    } else if (response != null) {
      result.complete(new Result.NotBegun(refused(response)));
    } else {
      IOException broken = cause instanceof IOException io ? io : new IOException(cause);
      result.complete(new Result.NotBegun(ApiFailures.of("the API server", broken)));
    }
  }

  private static ApiFailure refused(Response response) {
    String body = "";
    try (response) {
      // The body of a refused upgrade is the server's Status.
      body = response.body() == null ? "" : response.body().string();
    } catch (IOException unread) {
      body = "";
    }
    return ApiFailures.of(response.code(), false, response.header("Retry-After"), body);
  }
}
