// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

/** The ports beside the main one, and which port each really got. */
public final class ServiceConnectors {

  private final List<ServicePort> onMain = new ArrayList<>();
  private final Map<ServicePort, Connector> connectors = new LinkedHashMap<>();

  ServiceConnectors(List<ServicePort> ports, int mainPort) {
    onMain.add(new ServicePort("server.port", Math.max(mainPort, 0), Set.of()));
    for (ServicePort port : ports) {
      if (port.port() > 0 && port.port() == mainPort) {
        onMain.add(port);
      } else if (port.port() >= 0) {
        connectors.put(port, connector(port));
      }
    }
  }

  private static Connector connector(ServicePort port) {
    Connector connector = new Connector(TomcatServletWebServerFactory.DEFAULT_PROTOCOL);
    connector.setPort(port.port());
    if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
      protocol.setExecutor(new VirtualThreadExecutor(port.name() + "-"));
    }
    return connector;
  }

  Collection<Connector> all() {
    return connectors.values();
  }

  /** What is served on each port of this machine; called once the server listens. */
  Map<Integer, List<ServicePort>> byLocalPort(int main) {
    Map<Integer, List<ServicePort>> bound = new HashMap<>();
    bound.put(main, List.copyOf(onMain));
    connectors.forEach((port, connector) -> bound.put(connector.getLocalPort(), List.of(port)));
    return bound;
  }

  /**
   * The port that was really opened.
   *
   * @param name name of a {@link ServicePort} that is not on the main port
   * @throws IllegalArgumentException when there is none of that name
   */
  public int localPort(String name) {
    return connectors.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(name))
        .mapToInt(entry -> entry.getValue().getLocalPort())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no port " + name));
  }
}
