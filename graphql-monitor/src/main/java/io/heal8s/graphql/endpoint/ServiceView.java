// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.endpoint;

import com.google.gson.JsonPrimitive;
import io.heal8s.core.effect.ResourceType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a Service. The names are those of the API.
 *
 * @param metadata see {@link PodView.Meta}
 * @param spec its address, ports and selector
 */
public record ServiceView(PodView.Meta metadata, @Nullable Spec spec) {

  /** Kind of the core group. */
  public static final ResourceType<ServiceView> TYPE =
      new ResourceType<>(
          "",
          "v1",
          "Service",
          "services",
          true,
          ServiceView.class,
          service -> service.metadata().toModel());

  /**
   * Part of the spec.
   *
   * @param clusterIP {@code None} for a headless Service
   */
  public record Spec(
      @Nullable String type,
      @Nullable String clusterIP,
      @Nullable List<Port> ports,
      @Nullable Map<String, String> selector) {}

  /**
   * One port.
   *
   * @param targetPort number or name of the pod's port; the same number if null
   */
  public record Port(
      @Nullable String name, @Nullable Integer port, @Nullable JsonPrimitive targetPort) {}

  boolean isHeadless() {
    return spec == null
        || spec.clusterIP() == null
        || spec.clusterIP().isEmpty()
        || spec.clusterIP().equals("None");
  }

  /** The labels of its pods; empty where its endpoints are written by hand. */
  Map<String, String> selector() {
    return spec == null || spec.selector() == null ? Map.of() : spec.selector();
  }

  boolean hasSelector() {
    return !selector().isEmpty();
  }

  boolean isExternalName() {
    return spec != null && "ExternalName".equals(spec.type());
  }

  /** The port that a reference means: by number, by name, or the only one. */
  @Nullable Port portOf(@Nullable PortReference wanted) {
    List<Port> ports = spec == null || spec.ports() == null ? List.of() : spec.ports();
    if (wanted == null) {
      return ports.size() == 1 ? ports.getFirst() : null;
    }
    for (Port port : ports) {
      boolean same =
          switch (wanted) {
            case PortReference.Number(int number) -> port.port() != null && port.port() == number;
            case PortReference.Name(String name) -> name.equals(port.name());
          };
      if (same) {
        return port;
      }
    }
    return null;
  }
}
