// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.cluster;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heal8s.operator.target.LiveObject;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Where the ports of a Service lead to in its pods. Callers of a headless Service reach the pods
 * themselves, so they may name the pods' ports as well.
 *
 * @param ports those over TCP
 */
record ServicePorts(List<LiveObject> ports, boolean headless) {

  ServicePorts {
    ports = List.copyOf(ports);
  }

  static ServicePorts of(LiveObject service) {
    String address = service.text("spec.clusterIP");
    return new ServicePorts(
        elements(service, "spec.ports")
            .filter(port -> List.of("", "TCP").contains(port.text("protocol")))
            .toList(),
        address.isEmpty() || address.equals("None"));
  }

  /** Whether any pod could have it. */
  boolean offers(int asked) {
    return ports.stream()
        .anyMatch(
            port -> number(port.text("port")) == asked || (headless && mayBe(target(port), asked)));
  }

  private static boolean mayBe(String target, int asked) {
    return number(target) == asked || number(target) < 0;
  }

  /** The port of the pod, empty when it has none of that name. */
  OptionalInt inPod(LiveObject pod, int asked) {
    for (LiveObject port : ports) {
      if (number(port.text("port")) == asked) {
        return resolved(port, pod);
      }
    }
    return headless
        ? ports.stream()
            .map(port -> resolved(port, pod))
            .filter(found -> found.equals(OptionalInt.of(asked)))
            .findFirst()
            .orElse(OptionalInt.empty())
        : OptionalInt.empty();
  }

  private static OptionalInt resolved(LiveObject port, LiveObject pod) {
    String target = target(port);
    if (number(target) >= 0) {
      return OptionalInt.of(number(target));
    }
    return elements(pod, "spec.containers")
        .flatMap(container -> elements(container, "ports"))
        .filter(one -> one.text("name").equals(target))
        .mapToInt(one -> number(one.text("containerPort")))
        .findFirst();
  }

  private static String target(LiveObject port) {
    String target = port.text("targetPort");
    return target.isEmpty() || target.equals("0") ? port.text("port") : target;
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : -1;
  }

  private static Stream<LiveObject> elements(LiveObject object, String path) {
    return object.at(path).orElse(null) instanceof JsonArray list
        ? list.asList().stream()
            .filter(JsonElement::isJsonObject)
            .map(element -> new LiveObject((JsonObject) element))
        : Stream.of();
  }
}
