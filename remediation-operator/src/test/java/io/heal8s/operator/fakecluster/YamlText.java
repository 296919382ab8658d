// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.fakecluster;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.ToNumberPolicy;
import io.heal8s.operator.target.LiveObject;
import io.kubernetes.client.openapi.JSON;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** YAML as manifests are written, to and from what the client sees. */
public final class YamlText {

  private YamlText() {}

  /** The documents of a text, empty ones left out. */
  public static List<LiveObject> objects(String yaml) {
    List<LiveObject> objects = new ArrayList<>();
    for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
      JsonElement json = JSON.getGson().toJsonTree(document);
      if (json instanceof JsonObject object) {
        objects.add(new LiveObject(object));
      }
    }
    return objects;
  }

  /** The one document of a text. */
  public static LiveObject object(String yaml) {
    List<LiveObject> objects = objects(yaml);
    if (objects.size() != 1) {
      throw new IllegalArgumentException(objects.size() + " documents instead of one");
    }
    return objects.getFirst();
  }

  /** The one document of a text, read as the client reads the API server's answer. */
  public static <T> T as(Class<T> type, String yaml) {
    Gson gson =
        JSON.getGson()
            .newBuilder()
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
            .create();
    return Objects.requireNonNull(gson.fromJson(object(yaml).json(), type));
  }

  /** Any value as YAML, one key on each line. */
  public static String write(Object value) {
    DumpSettings settings =
        DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setSplitLines(false).build();
    return new Dump(settings)
        .dumpToString(
            new Load(LoadSettings.builder().build()).loadFromString(JSON.serialize(value)));
  }
}
