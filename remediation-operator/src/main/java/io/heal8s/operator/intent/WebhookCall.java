// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.intent;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A call of somebody's webhook. Address, headers and body may hold credentials: they are shown
 * nowhere.
 *
 * @param url where to, absolute
 * @param method HTTP method, upper case
 * @param headers header lines over the defaults
 * @param payload members that overwrite or extend the body, templates not filled in yet
 * @param timeout longest time of the whole call
 * @param verifyTls whether certificate and name of the other side are checked
 * @param context what happened
 */
public record WebhookCall(
    String url,
    String method,
    SortedMap<String, String> headers,
    JsonObject payload,
    Duration timeout,
    boolean verifyTls,
    Context context) {

  /**
   * What the body tells.
   *
   * @param timestamp when it happened, as the body shows it; empty for the time of the Remediation
   * @param stateChange what changed, null when no detector told
   * @param variables values for templates by path
   * @param trigger the detector's trigger as it was written, null without one
   */
  public record Context(
      String timestamp,
      @Nullable JsonElement stateChange,
      Map<String, JsonElement> variables,
      @Nullable JsonElement trigger) {

    /** Copies the variables. */
    public Context {
      variables = new TreeMap<>(variables);
    }
  }

  /** The same call, told which trigger fired. */
  public WebhookCall firedBy(@Nullable JsonElement trigger) {
    return new WebhookCall(
        url,
        method,
        headers,
        payload,
        timeout,
        verifyTls,
        new Context(context.timestamp(), context.stateChange(), context.variables(), trigger));
  }

  /** Only the method: the rest may hold credentials. */
  @Override
  public String toString() {
    return "WebhookCall[" + method + "]";
  }
}
