// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.observe;

import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.ResourceType;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Map;

/** Objects for tests: ConfigMaps in namespace {@code ns} with one value. */
final class Things {

  static final ResourceType<V1ConfigMap> TYPE =
      ResourceType.namespaced(V1ConfigMap.class, "", "v1", "ConfigMap", "configmaps");

  private Things() {}

  static V1ConfigMap thing(String name, int version, String value) {
    return new V1ConfigMap()
        .metadata(
            new V1ObjectMeta()
                .namespace("ns")
                .name(name)
                .resourceVersion(Integer.toString(version)))
        .data(Map.of("value", value));
  }

  static ObjectKey key(String name) {
    return new ObjectKey("ns", name);
  }

  static String value(V1ConfigMap thing) {
    Map<String, String> data = thing.getData();
    return data == null ? "" : data.getOrDefault("value", "");
  }
}
