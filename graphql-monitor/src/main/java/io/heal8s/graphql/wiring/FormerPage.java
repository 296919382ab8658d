// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;

/** One page of the original: JSON with the keys that its users read. */
final class FormerPage extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  /**
   * What is answered.
   *
   * @param good whether with 200, else with 503
   */
  record Content(boolean good, Map<String, Object> fields) {}

  private final transient Supplier<Content> source;

  FormerPage(Supplier<Content> source) {
    this.source = source;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Content content = source.get();
    byte[] body = GSON.toJson(content.fields()).getBytes(StandardCharsets.UTF_8);
    response.setStatus(
        content.good() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
