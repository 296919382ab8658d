// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.announce;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.ResourceType;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.core.effect.WireJson;
import io.heal8s.core.observe.ChangeListener;
import io.heal8s.core.observe.Store;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;

/** One TargetApp on an API server that a test plays: what is written is what is watched. */
final class PlayedApp implements Interceptor, Store<TargetApp> {

  static final ObjectKey KEY = new ObjectKey("team-a", "shop");

  private final JsonObject object;
  private int version = 1;

  final List<String> created = new ArrayList<>();
  final List<String> asked = new ArrayList<>();
  final List<String> events = new ArrayList<>();

  /** HTTP status with which the creation of Remediations is refused; 0 for not at all. */
  int refusing;

  /** Number of the only creation that is refused; 0 for every one. */
  int refusingOnly;

  /** Whether only the one that was asked for first is refused, each time. */
  boolean refusingFirst;

  /** Number of the only creation that is not refused, beside what it created; 0 for none. */
  int refusingAllBut;

  boolean gone;

  /** HTTP status with which patches of the object are refused; 0 for not at all. */
  int refusingPatches;

  int patches;

  /**
   * @param actions as a JSON list
   */
  PlayedApp(String actions) {
    object =
        JsonParser.parseString(
                """
                {"apiVersion": "operator.kco.local/v1alpha1", "kind": "TargetApp",
                 "metadata": {"name": "shop", "namespace": "team-a", "uid": "uid-1", "generation": 1,
                   "resourceVersion": "1"},
                 "spec": {"selector": {"matchLabels": {"app": "shop"}}, "stateQuery": "{health}",
                   "actions": %s}}
                """
                    .formatted(actions))
            .getAsJsonObject();
  }

  ApiClient client() {
    ApiClient client = new ApiClient();
    client.setBasePath("http://api.invalid");
    client.setHttpClient(new OkHttpClient.Builder().addInterceptor(this).build());
    return client;
  }

  TargetApp app() {
    return WireJson.GSON.fromJson(object, TargetApp.class);
  }

  TargetAppStatus status() {
    return app().statusOrEmpty();
  }

  /** Somebody else writes the status. */
  void writeStatus(JsonObject status) {
    object.add("status", status);
    metadata().addProperty("resourceVersion", "" + ++version);
  }

  /** Somebody edits the actions. */
  void edit(String actions) {
    object.getAsJsonObject("spec").add("actions", JsonParser.parseString(actions));
    metadata().addProperty("generation", metadata().get("generation").getAsInt() + 1);
    metadata().addProperty("resourceVersion", "" + ++version);
  }

  /** Somebody applies a manifest with these finalizers, or with none. */
  void finalizers(String... finalizers) {
    metadata().add("finalizers", WireJson.GSON.toJsonTree(finalizers));
    metadata().addProperty("resourceVersion", "" + ++version);
  }

  /** Somebody deletes it; it is there as long as it has finalizers. */
  void delete() {
    metadata().addProperty("deletionTimestamp", "2026-03-01T12:00:00Z");
    metadata().addProperty("resourceVersion", "" + ++version);
  }

  private JsonObject metadata() {
    return object.getAsJsonObject("metadata");
  }

  JsonObject statusJson() {
    return object.getAsJsonObject("status").deepCopy();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    String path = request.url().encodedPath();
    if (request.method().equals("PATCH") && path.endsWith("/shop")) {
      return patch(request, tree(request).getAsJsonArray());
    }
    JsonObject body = tree(request).getAsJsonObject();
    if (path.endsWith("/status")) {
      writeStatus(body.getAsJsonObject("status"));
      return answer(request, 200, object.toString());
    }
    if (path.endsWith("/remediations")) {
      return create(request, body);
    }
    events.add(body.get("reason").getAsString());
    return answer(request, 201, "{}");
  }

  private Response create(Request request, JsonObject body) {
    String name = body.getAsJsonObject("metadata").get("name").getAsString();
    asked.add(name);
    if (created.contains(name)) {
      return answer(
          request,
          409,
          """
          {"kind": "Status", "status": "Failure", "reason": "AlreadyExists", "code": 409}
          """);
    }
    boolean refused =
        refusing != 0
            && (refusingOnly == 0 || refusingOnly == asked.size())
            && (!refusingFirst || name.equals(asked.getFirst()))
            && refusingAllBut != asked.size();
    if (refused) {
      return answer(
          request,
          refusing,
          """
          {"kind": "Status", "reason": "Forbidden", "message": "a policy says no", "code": %d}
          """
              .formatted(refusing));
    }
    created.add(name);
    return answer(request, 201, body.toString());
  }

  // As far as the steps "test" and "remove" go.
  private Response patch(Request request, JsonArray steps) {
    patches++;
    if (refusingPatches != 0) {
      return answer(request, refusingPatches, "{}");
    }
    for (JsonElement each : steps) {
      JsonObject step = each.getAsJsonObject();
      String[] pointer = step.get("path").getAsString().substring(1).split("/");
      String last = pointer[pointer.length - 1].replace("~1", "/");
      JsonElement parent = object;
      for (String name : Arrays.copyOf(pointer, pointer.length - 1)) {
        parent = parent.getAsJsonObject().get(name);
      }
      JsonElement there =
          parent instanceof JsonArray list
              ? list.get(Integer.parseInt(last))
              : parent.getAsJsonObject().get(last);
      if (step.get("op").getAsString().equals("test")) {
        if (!there.equals(step.get("value"))) {
          return answer(request, 422, "{}");
        }
      } else if (parent instanceof JsonArray list) {
        list.remove(Integer.parseInt(last));
      } else {
        parent.getAsJsonObject().remove(last);
      }
    }
    metadata().addProperty("resourceVersion", "" + ++version);
    gone = metadata().has("deletionTimestamp") && metadata().getAsJsonArray("finalizers").isEmpty();
    return answer(request, 200, object.toString());
  }

  private static JsonElement tree(Request request) throws IOException {
    Buffer buffer = new Buffer();
    if (request.body() != null) {
      request.body().writeTo(buffer);
    }
    return JsonParser.parseString(buffer.readUtf8());
  }

  private static Response answer(Request request, int code, String body) {
    return new Response.Builder()
        .request(request)
        .protocol(Protocol.HTTP_1_1)
        .code(code)
        .message("played")
        .body(ResponseBody.create(body, MediaType.get("application/json")))
        .build();
  }

  @Override
  public ResourceType<TargetApp> type() {
    return ServedKinds.TARGET_APPS;
  }

  @Override
  public Optional<TargetApp> get(ObjectKey key) {
    return key.equals(KEY) && !gone ? Optional.of(app()) : Optional.empty();
  }

  @Override
  public List<TargetApp> all() {
    return List.of(app());
  }

  @Override
  public List<TargetApp> inNamespace(String namespace) {
    return all();
  }

  @Override
  public List<TargetApp> byIndex(String index, String value) {
    return List.of();
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public String resourceVersion() {
    return "" + version;
  }

  @Override
  public void onChange(ChangeListener<TargetApp> listener) {}
}
