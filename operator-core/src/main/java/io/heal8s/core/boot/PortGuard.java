// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Serves on each port what belongs there, and the classic names of the management pages. All ports
 * share one server, which starts faster and needs less memory than one server each.
 */
final class PortGuard extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private static final Map<String, String> CLASSIC_NAMES =
      Map.of(
          "/healthz", "/actuator/health/liveness",
          "/readyz", "/actuator/health/readiness",
          "/metrics", "/actuator/prometheus");

  /** Written once, when the server knows which ports it got. */
  private final transient AtomicReference<Map<Integer, List<ServicePort>>> byLocalPort =
      new AtomicReference<>(Map.of());

  private final transient List<ServicePort> all;

  private final transient Set<String> ownPages;

  /**
   * @param ownPages classic names that the service answers itself
   */
  PortGuard(List<ServicePort> all, Set<String> ownPages) {
    this.all = List.copyOf(all);
    this.ownPages = Set.copyOf(ownPages);
  }

  void bound(Map<Integer, List<ServicePort>> ports) {
    byLocalPort.set(Map.copyOf(ports));
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = request.getRequestURI();
    if (!served(request.getLocalPort(), path)) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    String page = ownPages.contains(path) ? null : CLASSIC_NAMES.get(path);
    if (page == null) {
      chain.doFilter(request, response);
    } else {
      request.getRequestDispatcher(page).forward(request, response);
    }
  }

  private boolean served(int localPort, String path) {
    List<ServicePort> own = byLocalPort.get().get(localPort);
    if (own != null && own.stream().anyMatch(port -> port.serves(path))) {
      return true;
    }
    boolean onlyAnExtraPort = own != null && own.stream().noneMatch(PortGuard::isMain);
    boolean belongsElsewhere = all.stream().anyMatch(port -> port.serves(path) && exclusive(port));
    return !onlyAnExtraPort && !belongsElsewhere;
  }

  private static boolean isMain(ServicePort port) {
    return port.paths().isEmpty();
  }

  /** Only management pages must not show up on the service's own port. */
  private static boolean exclusive(ServicePort port) {
    return port.name().equals(ServicePortsAutoConfiguration.MANAGEMENT);
  }
}
