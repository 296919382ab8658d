// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.endpoint;

import com.google.gson.JsonPrimitive;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.http.address.AddressPolicy;
import io.heal8s.core.http.address.HostName;
import io.heal8s.core.observe.Store;
import io.heal8s.graphql.endpoint.Found.Reason;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds endpoints among what is watched; only names in URLs are asked for elsewhere. */
public final class EndpointFinder {

  private static final int DEFAULT_PORT = 8080;

  private static final Comparator<PodView> OLDEST_FIRST =
      Comparator.<PodView, String>comparing(
              pod -> Objects.requireNonNullElse(pod.metadata().creationTimestamp(), ""))
          .thenComparing(pod -> pod.metadata().name());

  private final List<Store<PodView>> pods;
  private final List<Store<ServiceView>> services;
  private final UrlGuard urls;
  private final AddressPolicy addresses;

  /**
   * @param pods one store for all namespaces, or one for each that is served
   * @param services the same for Services
   * @param urls vets absolute URLs
   * @param addresses vets what the API server says
   */
  public EndpointFinder(
      List<Store<PodView>> pods,
      List<Store<ServiceView>> services,
      UrlGuard urls,
      AddressPolicy addresses) {
    this.pods = List.copyOf(pods);
    this.services = List.copyOf(services);
    this.urls = urls;
    this.addresses = addresses;
  }

  /**
   * Where to ask now. May block for a name.
   *
   * @param last the pod or name that was asked before, which is kept while it serves, so that the
   *     state does not jump between replicas; null if none was
   */
  public Found find(EndpointReference reference, @Nullable String last) {
    return switch (reference) {
      case EndpointReference.Url(String namespace, String url) -> ofUrl(namespace, url);
      case EndpointReference.Pods wanted -> ofPods(wanted, last);
      case EndpointReference.Service wanted -> ofService(wanted, last);
    };
  }

  /** Whether an endpoint may be found at that pod of its namespace. Never blocks. */
  public boolean mayBe(EndpointReference reference, PodView pod) {
    return switch (reference) {
      case EndpointReference.Pods wanted -> pod.hasLabels(wanted.labels());
      case EndpointReference.Service wanted -> chooses(wanted.namespace(), wanted.name(), pod);
      case EndpointReference.Url(String namespace, String url) -> {
        ServiceUrl named = ServiceUrl.read(namespace, url);
        yield named != null && chooses(namespace, named.name(), pod);
      }
    };
  }

  private boolean chooses(String namespace, String name, PodView pod) {
    ServiceView service = service(new ObjectKey(namespace, name));
    return service != null && service.hasSelector() && pod.hasLabels(service.selector());
  }

  /** Whether an endpoint is found by the Service of that name in its namespace. Never blocks. */
  public boolean mayBe(EndpointReference reference, String service) {
    return switch (reference) {
      case EndpointReference.Pods _ -> false;
      case EndpointReference.Service wanted -> wanted.name().equals(service);
      case EndpointReference.Url(String namespace, String url) -> {
        ServiceUrl named = ServiceUrl.read(namespace, url);
        yield named != null && named.name().equals(service);
      }
    };
  }

  // A Service of the TargetApp's own namespace may be named by its DNS name too: it is found by
  // what the API server says of it, and not by a resolver whose answer would need permission.
  private Found ofUrl(String namespace, String url) {
    ServiceUrl service = ServiceUrl.read(namespace, url);
    if (service != null && service(new ObjectKey(namespace, service.name())) != null) {
      return ofService(service.reference(namespace), null);
    }
    return urls.find(url);
  }

  private Found ofPods(EndpointReference.Pods wanted, @Nullable String last) {
    List<PodView> serving = serving(wanted);
    if (serving.isEmpty()) {
      return new Found.NotYet(
          Reason.NoReadyPod,
          "no pod with the labels " + text(wanted.labels()) + " is ready; polling begins with one");
    }
    List<Destination> found = new ArrayList<>();
    for (PodView pod : wanted.all() ? serving : List.of(chosen(serving, last))) {
      Integer port = port(pod, wanted.port());
      if (port == null) {
        return new Found.NotYet(
            Reason.PortNotFound,
            "no container of pod " + pod.metadata().name() + " has the port " + wanted.port());
      }
      String ip = Objects.requireNonNull(Objects.requireNonNull(pod.status()).podIP());
      Found one =
          vetted(
              ip,
              Objects.requireNonNullElse(wanted.serverName(), ip),
              port,
              wanted.tls(),
              wanted.path(),
              "pod/" + pod.metadata().name());
      if (!(one instanceof Found.At(List<Destination> destinations))) {
        return one;
      }
      found.addAll(destinations);
    }
    return new Found.At(found);
  }

  private List<PodView> serving(EndpointReference.Pods wanted) {
    Map.Entry<String, String> rarest = wanted.labels().entrySet().iterator().next();
    String key = PodView.labelKey(wanted.namespace(), rarest.getKey(), rarest.getValue());
    List<PodView> serving = new ArrayList<>();
    for (Store<PodView> store : pods) {
      for (PodView pod : store.byIndex(PodView.BY_LABEL, key)) {
        if (pod.hasLabels(wanted.labels()) && pod.isServing()) {
          serving.add(pod);
        }
      }
    }
    serving.sort(OLDEST_FIRST);
    return serving;
  }

  private static PodView chosen(List<PodView> serving, @Nullable String last) {
    return serving.stream()
        .filter(pod -> ("pod/" + pod.metadata().name()).equals(last))
        .findFirst()
        .orElse(serving.getFirst());
  }

  private static @Nullable Integer port(PodView pod, @Nullable PortReference wanted) {
    return switch (wanted) {
      case null -> Integer.valueOf(DEFAULT_PORT);
      case PortReference.Number(int number) -> Integer.valueOf(number);
      case PortReference.Name(String name) -> pod.portNamed(name);
    };
  }

  private Found ofService(EndpointReference.Service wanted, @Nullable String last) {
    ServiceView service = service(new ObjectKey(wanted.namespace(), wanted.name()));
    if (service == null) {
      return new Found.NotYet(
          Reason.ServiceNotFound, "there is no Service " + wanted.name() + " in this namespace");
    }
    if (service.isExternalName()) {
      return new Found.Never(
          Reason.EndpointNotAllowed,
          "Service " + wanted.name() + " is an ExternalName: write its address as graphqlEndpoint");
    }
    ServiceView.Port port = service.portOf(wanted.port());
    if (port == null || port.port() == null) {
      return new Found.NotYet(
          Reason.PortNotFound,
          "Service " + wanted.name() + " has no such port, or several: name one of them");
    }
    if (service.isHeadless()) {
      return ofHeadless(wanted, service, port, last);
    }
    String ip = Objects.requireNonNull(Objects.requireNonNull(service.spec()).clusterIP());
    if (!service.hasSelector() && !isListed(ip)) {
      return new Found.Never(
          Reason.EndpointNotAllowed,
          "Service %s has no selector, so its endpoints are written by hand and may lead anywhere: give it one, or add a block that holds %s to the allowed CIDRs"
              .formatted(wanted.name(), ip));
    }
    String host =
        Objects.requireNonNullElse(
            wanted.serverName(), wanted.name() + "." + wanted.namespace() + ".svc");
    return vetted(ip, host, port.port(), wanted.tls(), wanted.path(), "service/" + wanted.name());
  }

  private Found ofHeadless(
      EndpointReference.Service wanted,
      ServiceView service,
      ServiceView.Port port,
      @Nullable String last) {
    Map<String, String> selector = service.selector();
    if (!service.hasSelector()) {
      return new Found.Never(
          Reason.EndpointNotAllowed,
          "Service " + wanted.name() + " has neither an address nor a selector");
    }
    JsonPrimitive target = port.targetPort();
    PortReference ofPod =
        PortReference.of(target == null ? String.valueOf(port.port()) : target.getAsString());
    return ofPods(
        new EndpointReference.Pods(
            wanted.namespace(),
            selector,
            ofPod,
            wanted.tls(),
            wanted.serverName(),
            wanted.path(),
            false),
        last);
  }

  // Even a public one: what stands behind it is nowhere written that we could vet.
  private boolean isListed(String ip) {
    return HostName.parse(ip.contains(":") ? "[" + ip + "]" : ip)
            instanceof HostName.Literal(InetAddress address)
        && addresses.allowed().stream().anyMatch(block -> block.contains(address));
  }

  private @Nullable ServiceView service(ObjectKey key) {
    for (Store<ServiceView> store : services) {
      Optional<ServiceView> found = store.get(key);
      if (found.isPresent()) {
        return found.get();
      }
    }
    return null;
  }

  private Found vetted(String ip, String host, int port, boolean tls, String path, String source) {
    HostName parsed = HostName.parse(ip.contains(":") ? "[" + ip + "]" : ip);
    if (!(parsed instanceof HostName.Literal(InetAddress address)) || port < 1 || port > 65535) {
      return new Found.Never(Reason.EndpointInvalid, source + " has no usable address");
    }
    Optional<String> objection = addresses.objection(address, AddressPolicy.Source.API_SERVER);
    return objection.isPresent()
        ? new Found.Never(Reason.EndpointNotAllowed, source + ": " + objection.get())
        : new Found.At(List.of(new Destination(tls, host, address, port, path, source)));
  }

  private static String text(Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .sorted()
        .reduce((a, b) -> a + "," + b)
        .orElse("");
  }
}
