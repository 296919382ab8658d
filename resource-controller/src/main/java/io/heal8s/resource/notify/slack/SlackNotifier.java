// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.notify.slack;

import io.heal8s.core.http.outbound.OutboundHttpClient;
import io.heal8s.core.http.outbound.OutboundRequest;
import io.heal8s.core.http.outbound.OutboundResult;
import io.heal8s.core.http.secret.Secret;
import io.heal8s.resource.notify.Notice;
import io.heal8s.resource.notify.Notifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;

/** Posts to an incoming webhook, whose address is a secret. */
public final class SlackNotifier implements Notifier {

  /** A longer message is not read; Slack's own limit is beyond that. */
  private static final int MOST_LINES = 30;

  private static final int LONGEST_LINE = 500;

  private final OutboundHttpClient client;
  private final Secret url;

  /**
   * Makes it.
   *
   * @throws IllegalArgumentException if that is no address
   */
  public SlackNotifier(OutboundHttpClient client, Secret url) {
    this.client = client;
    this.url = url;
    if (!url.reveal().matches("https?://\\S+")) {
      throw new IllegalArgumentException("SLACK_WEBHOOK_URL is no address");
    }
  }

  @Override
  public String id() {
    return "slack";
  }

  @Override
  public Delivery send(List<Notice> notices) {
    String body = JsonNodeFactory.instance.objectNode().put("text", text(notices)).toString();
    OutboundRequest request =
        OutboundRequest.of("POST", URI.create(url.reveal()))
            .toConfiguredAddress()
            .body("application/json", body.getBytes(StandardCharsets.UTF_8));
    return switch (client.send(request)) {
      case OutboundResult.Refused refused -> new Delivery.Never(refused.message());
      case OutboundResult.Failed failed -> new Delivery.Later(failed.message());
      case OutboundResult.Response response -> judged(response.status());
    };
  }

  private static Delivery judged(int status) {
    if (status >= 200 && status < 300) {
      return new Delivery.Sent();
    }
    return status == 429 || status >= 500
        ? new Delivery.Later("it answered " + status)
        : new Delivery.Never("it answered " + status);
  }

  /** What is shown; nothing in it is markup or a mention. */
  static String text(List<Notice> notices) {
    String lines =
        notices.stream()
            .limit(MOST_LINES)
            .map(notice -> mark(notice.kind()) + " " + escaped(notice.line()))
            .collect(Collectors.joining("\n"));
    int left = notices.size() - MOST_LINES;
    return left > 0 ? lines + "\nand " + left + " more" : lines;
  }

  private static String mark(Notice.Kind kind) {
    return switch (kind) {
      case FAILED -> ":x:";
      case RECOVERED -> ":white_check_mark:";
    };
  }

  private static String escaped(String line) {
    String cut = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line;
    return cut.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
