// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import io.heal8s.core.boot.ServiceConnectors;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers 404 on every port but one. */
final class ApiPortFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private final transient ServiceConnectors connectors;
  private final String port;

  /**
   * @param port name of the port
   */
  ApiPortFilter(ServiceConnectors connectors, String port) {
    this.connectors = connectors;
    this.port = port;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getLocalPort() == connectors.localPort(port)) {
      chain.doFilter(request, response);
    } else {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
    }
  }
}
