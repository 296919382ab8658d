// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.webhook;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.http.problem.Problem;
import io.heal8s.core.http.problem.ProblemWriter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Answers a delivery: 202 with the Remediations that are looked at again, 200 when there is none,
 * 400 for what is no delivery, 503 while it is not known yet which Remediations there are. Callers
 * are authenticated and bodies bounded before it is asked.
 */
public final class GithubWebhookServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient Waker waker;
  private final transient BooleanSupplier ready;
  private final transient WebhookMetrics metrics;

  /**
   * @param ready whether the cache of Remediations is whole
   */
  public GithubWebhookServlet(Waker waker, BooleanSupplier ready, WebhookMetrics metrics) {
    this.waker = waker;
    this.ready = ready;
    this.metrics = metrics;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Delivery delivery =
        Delivery.read(
            request.getHeader("X-GitHub-Event"),
            request.getContentType(),
            request.getInputStream().readAllBytes());
    switch (delivery) {
      case Delivery.Malformed(String why) -> {
        metrics.refused(HttpServletResponse.SC_BAD_REQUEST, "Malformed");
        ProblemWriter.write(response, Problem.badRequest(why));
      }
      case Delivery.Other() -> {
        metrics.taken(WebhookMetrics.Result.ignored);
        answer(response, List.of());
      }
      case Delivery.OfPullRequest event -> {
        if (!ready.getAsBoolean()) {
          metrics.refused(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "NotReady");
          ProblemWriter.write(
              response, Problem.serviceUnavailable("Not ready yet; send it again in a moment."));
          return;
        }
        List<ObjectKey> woken = waker.wake(event);
        metrics.taken(
            woken.isEmpty() ? WebhookMetrics.Result.unknown : WebhookMetrics.Result.woken);
        answer(response, woken);
      }
    }
  }

  private static void answer(HttpServletResponse response, List<ObjectKey> woken)
      throws IOException {
    JsonArray names = new JsonArray();
    woken.forEach(key -> names.add(key.namespace() + "/" + key.name()));
    JsonObject json = new JsonObject();
    json.add("remediations", names);
    byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
    response.setStatus(
        woken.isEmpty() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_ACCEPTED);
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
