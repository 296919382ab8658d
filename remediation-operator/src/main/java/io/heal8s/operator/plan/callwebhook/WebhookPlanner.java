// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.callwebhook;

import io.heal8s.operator.intent.WebhookCall;
import io.heal8s.operator.plan.Draft;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** Plans of CallWebhook. */
public final class WebhookPlanner {

  private WebhookPlanner() {}

  /** Plans one call. Of the address only scheme, host and port are told: the path is a token. */
  public static Draft draft(WebhookCall call) {
    String where = place(call.url());
    return new Draft.Run(
        "--- webhook (live)\n+++ webhook (planned)\n-not called\n+"
            + call.method()
            + " "
            + where
            + "\n",
        List.of("It is called at least once, with the same Idempotency-Key each time."),
        "what was told cannot be taken back");
  }

  /** Scheme, host and port of an address. */
  public static String place(String url) {
    try {
      URI uri = new URI(url);
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      return uri.getHost() == null ? "an address" : uri.getScheme() + "://" + uri.getHost() + port;
    } catch (URISyntaxException unreadable) {
      return "an address that cannot be read";
    }
  }
}
