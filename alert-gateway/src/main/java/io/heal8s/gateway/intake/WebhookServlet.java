// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

import io.heal8s.core.http.problem.Problem;
import io.heal8s.core.http.problem.ProblemWriter;
import io.heal8s.core.runtime.Tracing;
import io.heal8s.gateway.source.AlertBatch;
import io.heal8s.gateway.source.AlertSource;
import io.heal8s.gateway.source.MalformedBodyException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One webhook. A plain servlet: what a framework would resolve per call is known here when it
 * starts. Callers are authenticated and bodies bounded before it is asked.
 */
public final class WebhookServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final int NAMES_SHOWN = 10;
  private static final Logger log = LoggerFactory.getLogger(WebhookServlet.class);

  /** How success is told. */
  public enum Answer {
    /** 200 with what became of each alert. */
    LIST,
    /** 202 without a body. */
    EMPTY
  }

  private final transient AlertSource source;
  private final transient Intake intake;
  private final transient GatewayNews news;
  private final transient TraceParents traces;
  private final transient Tracing tracing;
  private final Answer answer;

  /** A webhook of one sender. */
  public WebhookServlet(
      AlertSource source,
      Intake intake,
      GatewayNews news,
      TraceParents traces,
      Tracing tracing,
      Answer answer) {
    this.source = source;
    this.intake = intake;
    this.news = news;
    this.traces = traces;
    this.tracing = tracing;
    this.answer = answer;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] body = request.getInputStream().readAllBytes();
    DeliveryReport report;
    try {
      report = accept(source.read(body), request.getHeader("traceparent"));
    } catch (MalformedBodyException e) {
      news.refused(HttpServletResponse.SC_BAD_REQUEST, "Malformed");
      ProblemWriter.write(response, Problem.badRequest(String.valueOf(e.getMessage())));
      return;
    }
    if (report.failed() > 0) {
      write(
          response,
          HttpServletResponse.SC_SERVICE_UNAVAILABLE,
          Problem.MEDIA_TYPE,
          AnswerJson.unavailable(report));
    } else if (answer == Answer.LIST) {
      write(response, HttpServletResponse.SC_OK, "application/json", AnswerJson.accepted(report));
    } else {
      response.setStatus(HttpServletResponse.SC_ACCEPTED);
      response.setContentLength(0);
    }
  }

  /** What the Remediations carry is the place of this delivery in the trace. */
  private DeliveryReport accept(AlertBatch batch, @Nullable String traceparent) {
    Tracing.Work work =
        new Tracing.Work(
            traces.continueFrom(traceparent),
            "alerts delivered",
            Map.of(
                "heal8s.source", source.id(),
                "heal8s.alerts", Integer.toString(batch.alerts().size())));
    return tracing.trace(
        work,
        active -> {
          DeliveryReport report = intake.accept(batch, active.traceparent());
          tell(report);
          return report;
        });
  }

  /** What senders repeat, and what is refused, is counted and not told line by line. */
  private void tell(DeliveryReport report) {
    List<String> created = report.created();
    if (!created.isEmpty()) {
      log.atInfo()
          .addKeyValue("source", source.id())
          .addKeyValue("alerts", report.answers().size())
          .addKeyValue("created", created.size())
          .addKeyValue("remediation", String.join(", ", created.subList(0, shown(created))))
          .log("Remediations created");
    }
  }

  private static int shown(List<String> created) {
    return Math.min(NAMES_SHOWN, created.size());
  }

  private static void write(HttpServletResponse response, int status, String type, byte[] body)
      throws IOException {
    response.setStatus(status);
    response.setContentType(type);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
