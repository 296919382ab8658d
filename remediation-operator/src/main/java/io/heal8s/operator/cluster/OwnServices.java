// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.cluster;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heal8s.core.decide.ForeignText;
import io.heal8s.operator.act.ObjectReader;
import io.heal8s.operator.act.ObjectReader.Reading;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the Services that a webhook of a namespace may name by their DNS names: only those of that
 * namespace, and by what the API server says of them, never by a resolver. Called is a ready pod
 * that the Service selects, never its own address: EndpointSlices that somebody added by hand may
 * lead that anywhere. Everything else is an address like any other.
 */
final class OwnServices {

  /** What a host stands for. */
  sealed interface Found {

    /** No Service whose pods are of the namespace; the ordinary rules hold. */
    record Elsewhere() implements Found {}

    /** A ready pod behind the Service, and its port. */
    record At(InetSocketAddress address) implements Found {}

    /** A Service that cannot be called as it is. */
    record Unfit(String message) implements Found {}

    /** It may be found later. */
    record NotNow(String message) implements Found {}
  }

  private final ObjectReader reader;

  OwnServices(ObjectReader reader) {
    this.reader = reader;
  }

  Found find(String namespace, URI uri) {
    String name = nameIn(namespace, uri.getHost());
    if (name == null) {
      return new Found.Elsewhere();
    }
    return switch (reader.read(new Query.Get("v1", "Service", namespace, name))) {
      case Reading.Failed(String message, Throwable _) -> new Found.NotNow(message);
      case Reading.UnknownKind(String message) -> new Found.Unfit(message);
      case Reading.Read(List<LiveObject> services) when services.isEmpty() -> new Found.Elsewhere();
      case Reading.Read(List<LiveObject> services) -> at(services.getFirst(), port(uri));
    };
  }

  private static @Nullable String nameIn(String namespace, @Nullable String host) {
    if (host == null) {
      return null;
    }
    String asked = host.toLowerCase(Locale.ROOT);
    String name = asked.contains(".") ? asked.substring(0, asked.indexOf('.')) : asked;
    String own = name + "." + namespace;
    return !name.isEmpty()
            && List.of(name, own, own + ".svc", own + ".svc.cluster.local").contains(asked)
        ? name
        : null;
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0
        ? uri.getPort()
        : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }

  private Found at(LiveObject service, int port) {
    // Without a selector its endpoints are written by hand and may lead anywhere.
    if (service.text("spec.type").equals("ExternalName") || selector(service).isEmpty()) {
      return new Found.Elsewhere();
    }
    return ServicePorts.of(service).offers(port)
        ? behind(service, port)
        : new Found.Unfit(what(service) + " has no port " + port);
  }

  private static String what(LiveObject service) {
    return "Service " + service.namespace() + "/" + service.name();
  }

  private static Map<String, JsonElement> selector(LiveObject service) {
    return service.at("spec.selector").orElse(null) instanceof JsonObject labels
        ? labels.asMap()
        : Map.of();
  }

  /** The oldest of the ready pods that have the port. */
  private Found behind(LiveObject service, int port) {
    String labels =
        selector(service).entrySet().stream()
            .map(OwnServices::label)
            .sorted()
            .collect(Collectors.joining(","));
    return switch (reader.read(
        new Query.ListBySelector("v1", "Pod", service.namespace(), labels))) {
      case Reading.Failed(String message, Throwable _) -> new Found.NotNow(message);
      case Reading.UnknownKind(String message) -> new Found.Unfit(message);
      case Reading.Read(List<LiveObject> pods) -> among(pods, service, port);
    };
  }

  private static Found among(List<LiveObject> pods, LiveObject service, int port) {
    List<LiveObject> ready =
        pods.stream()
            .filter(OwnServices::answers)
            .sorted(
                Comparator.comparing((LiveObject pod) -> pod.text("metadata.creationTimestamp"))
                    .thenComparing(LiveObject::name))
            .toList();
    ServicePorts ports = ServicePorts.of(service);
    for (LiveObject pod : ready) {
      OptionalInt at = ports.inPod(pod, port);
      if (at.isPresent()) {
        return address(pod, at.getAsInt());
      }
    }
    return new Found.NotNow(
        ready.isEmpty()
            ? "no pod of " + what(service) + " is ready"
            : "no ready pod of " + what(service) + " has the port that " + port + " leads to");
  }

  private static String label(Map.Entry<String, JsonElement> label) {
    return label.getKey() + "=" + label.getValue().getAsString();
  }

  private static boolean answers(LiveObject pod) {
    return pod.text("metadata.deletionTimestamp").isEmpty()
        && !pod.text("status.podIP").isEmpty()
        && pod.text("status.conditions[type=Ready].status").equals("True");
  }

  private static Found address(LiveObject pod, int port) {
    String address = pod.text("status.podIP");
    try {
      return new Found.At(new InetSocketAddress(InetAddress.ofLiteral(address), port));
    } catch (IllegalArgumentException malformed) {
      return new Found.Unfit("pod " + pod.name() + " has the address " + ForeignText.line(address));
    }
  }
}
