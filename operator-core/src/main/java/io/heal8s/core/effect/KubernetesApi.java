// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import com.google.gson.JsonParseException;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import java.io.IOException;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/**
 * The transport to one API server: address, identity and connections of a client, our own JSON and
 * failures as data. Safe for many threads; a call blocks its thread, which should be a virtual one,
 * for at most the timeout, and ends early when the thread is interrupted.
 */
public final class KubernetesApi {

  private static final String[] BEARER = {"BearerToken"};

  private final ApiClient client;
  private final OkHttpClient calls;
  private final OkHttpClient streams;
  private final Map<String, String> identity;

  /**
   * @param client address, identity and connections
   * @param timeout longest time that one call may take, from its beginning to the last byte
   */
  public KubernetesApi(ApiClient client, Duration timeout) {
    this(
        client,
        client.getHttpClient().newBuilder().callTimeout(timeout).build(),
        client.getHttpClient().newBuilder().callTimeout(Duration.ZERO).build(),
        Map.of());
  }

  private KubernetesApi(
      ApiClient client, OkHttpClient calls, OkHttpClient streams, Map<String, String> identity) {
    this.client = client;
    this.calls = calls;
    this.streams = streams;
    this.identity = identity;
  }

  /**
   * The same server and connections, as a ServiceAccount: our own identity needs the verb
   * impersonate on that account, and what is done then needs the account's rights.
   */
  public KubernetesApi asServiceAccount(String namespace, String name) {
    return new KubernetesApi(
        client,
        calls,
        streams,
        Map.of("Impersonate-User", "system:serviceaccount:" + namespace + ":" + name));
  }

  /** Address of the server, for messages. */
  public String server() {
    return client.getBasePath();
  }

  /** Makes one call and reads its answer as that type. */
  <T> Answer<T> call(ApiRequest request, Type type) {
    try (Response response = calls.newCall(build(request)).execute()) {
      ResponseBody body = Objects.requireNonNull(response.body());
      if (!response.isSuccessful()) {
        return new Answer.Failed<>(failure(request, response, body.string()));
      }
      T value = WireJson.GSON.fromJson(body.charStream(), type);
      return value == null
          ? new Answer.Failed<>(unreadable(response.code(), new IOException("empty body")))
          : new Answer.Ok<>(value);
    } catch (IOException noAnswer) {
      return new Answer.Failed<>(ApiFailures.of(server(), noAnswer));
    } catch (JsonParseException notJson) {
      return new Answer.Failed<>(unreadable(200, notJson));
    }
  }

  /**
   * Begins a call whose answer is read while it comes, such as a watch. The caller closes it.
   *
   * @param silence after that time without a byte the stream fails
   */
  public Answer<ApiStream> stream(String path, Map<String, String> query, Duration silence) {
    ApiRequest request = new ApiRequest("GET", path, query, List.of(), null, null);
    OkHttpClient patient = streams.newBuilder().readTimeout(silence).build();
    try {
      Call call = patient.newCall(build(request));
      Response response = call.execute();
      ResponseBody body = Objects.requireNonNull(response.body());
      if (response.isSuccessful()) {
        return new Answer.Ok<>(new ApiStream(call, body));
      }
      try (response) {
        return new Answer.Failed<>(failure(request, response, body.string()));
      }
    } catch (IOException noAnswer) {
      return new Answer.Failed<>(ApiFailures.of(server(), noAnswer));
    }
  }

  /** Opens a WebSocket that speaks one of these subprotocols. */
  WebSocket open(ApiRequest request, String protocols, WebSocketListener listener)
      throws IOException {
    Request built = build(request).newBuilder().header("Sec-WebSocket-Protocol", protocols).build();
    return streams.newWebSocket(built, listener);
  }

  private Request build(ApiRequest request) throws IOException {
    HttpUrl.Builder url =
        Objects.requireNonNull(HttpUrl.parse(server() + request.path()), server()).newBuilder();
    request.query().forEach(url::addQueryParameter);
    request.words().forEach(word -> url.addQueryParameter("command", word));
    HttpUrl address = url.build();
    RequestBody body =
        request.body() == null
            ? null
            : RequestBody.create(
                request.body(),
                MediaType.get(Objects.requireNonNullElse(request.contentType(), ApiRequest.JSON)));
    Request.Builder builder = new Request.Builder().url(address).method(request.method(), body);
    Map<String, String> headers = new HashMap<>();
    headers.put("Accept", ApiRequest.JSON);
    try {
      client.updateParamsForAuth(
          BEARER,
          new ArrayList<>(),
          headers,
          new HashMap<>(),
          "",
          request.method(),
          URI.create(address.toString()));
    } catch (ApiException noCredentials) {
      throw new IOException(noCredentials);
    }
    headers.putAll(identity);
    client.processHeaderParams(headers, builder);
    return builder.build();
  }

  private static ApiFailure failure(ApiRequest request, Response response, String body) {
    return ApiFailures.of(
        response.code(),
        ApiRequest.JSON_PATCH.equals(request.contentType()),
        response.header("Retry-After"),
        body);
  }

  private static ApiFailure unreadable(int code, Exception cause) {
    return new ApiFailure.Transient(
        code, "The answer of the API server cannot be read: " + cause.getMessage(), cause);
  }
}
