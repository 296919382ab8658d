// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Okio;

/**
 * Creates objects of one kind for a caller that has their JSON at hand and creates many: the bytes
 * go out as they are, and of a success nothing is parsed. Safe for many threads; a call blocks its
 * thread, which should be a virtual one, for at most the timeout.
 */
public final class BulkCreator {

  private static final String[] BEARER = {"BearerToken"};
  private static final MediaType JSON = MediaType.get(ApiRequest.JSON);

  /** The short form of the answer, which saves both sides the object; a plain one will do too. */
  private static final String METADATA_ONLY =
      "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

  private static final int MOST_ADDRESSES = 1000;

  private final ApiClient client;
  private final ResourceType<?> type;
  private final OkHttpClient calls;
  private final URI server;
  private final String query;

  // By namespace: there are few, and each would be parsed anew for every object.
  private final Map<String, HttpUrl> addresses = new ConcurrentHashMap<>();

  /**
   * @param client address, identity and connections
   * @param type kind of all the objects
   * @param timeout longest time that one call may take, from its beginning to the last byte
   * @param fieldManager name under which the server records the written fields
   */
  public BulkCreator(
      ApiClient client, ResourceType<?> type, Duration timeout, String fieldManager) {
    this.client = client;
    this.type = type;
    // One timer per call is enough; those per read and write would be set a dozen times in each.
    this.calls =
        client
            .getHttpClient()
            .newBuilder()
            .callTimeout(timeout)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .build();
    this.server = URI.create(client.getBasePath());
    this.query = "?fieldManager=" + fieldManager;
  }

  /**
   * Creates an object; {@link ApiFailure.AlreadyExists} if there is one of that name.
   *
   * @param key the object, as its JSON names it
   * @param json the object
   * @return the key
   */
  public Answer<ObjectKey> create(ObjectKey key, byte[] json) {
    try (Response response = calls.newCall(build(key, json)).execute()) {
      ResponseBody body = Objects.requireNonNull(response.body());
      if (!response.isSuccessful()) {
        return new Answer.Failed<>(
            ApiFailures.of(response.code(), false, response.header("Retry-After"), body.string()));
      }
      // Read to the end: closed early, HTTP/2 sends a reset and HTTP/1.1 loses the connection.
      body.source().readAll(Okio.blackhole());
      return new Answer.Ok<>(key);
    } catch (IOException noAnswer) {
      return new Answer.Failed<>(ApiFailures.of(client.getBasePath(), noAnswer));
    }
  }

  private Request build(ObjectKey key, byte[] json) throws IOException {
    Map<String, String> headers = new HashMap<>();
    try {
      client.updateParamsForAuth(
          BEARER, new ArrayList<>(), headers, new HashMap<>(), "", "POST", server);
    } catch (ApiException noCredentials) {
      throw new IOException(noCredentials);
    }
    Request.Builder request =
        new Request.Builder()
            .url(address(key.namespace()))
            .header("Accept", METADATA_ONLY)
            .post(RequestBody.create(json, JSON));
    headers.forEach(request::header);
    return request.build();
  }

  private HttpUrl address(String namespace) {
    HttpUrl known = addresses.get(namespace);
    if (known != null) {
      return known;
    }
    HttpUrl url = HttpUrl.get(client.getBasePath() + type.collectionPath(namespace) + query);
    if (addresses.size() < MOST_ADDRESSES) {
      addresses.put(namespace, url);
    }
    return url;
  }
}
