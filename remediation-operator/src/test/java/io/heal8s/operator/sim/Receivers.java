// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.sim;

import io.heal8s.operator.act.PodExec;
import io.heal8s.operator.act.WebhookSender;
import io.heal8s.operator.intent.PodCommand;
import io.heal8s.operator.intent.WebhookCall;
import java.util.ArrayList;
import java.util.List;

/** Whoever is called or commanded by the operator. */
final class Receivers implements WebhookSender, PodExec {

  private final Calls calls;

  Receivers(Calls calls) {
    this.calls = calls;
  }

  /** Bodies that reached the receiver. */
  final List<String> delivered = new ArrayList<>();

  /** The keys that they came with. */
  final List<String> deliveryKeys = new ArrayList<>();

  WebhookSender.Reply receiver = new WebhookSender.Reply.Answered(200);

  /** Commands that were begun. */
  final List<String> commands = new ArrayList<>();

  PodExec.Result commandResult = new PodExec.Result.Exited(0, "");

  @Override
  public WebhookSender.Reply send(WebhookCall webhook, String namespace, String body, String key) {
    calls.one();
    delivered.add(body);
    deliveryKeys.add(key);
    calls.one();
    return receiver;
  }

  @Override
  public PodExec.Result run(
      String namespace, String pod, String container, String account, PodCommand command) {
    calls.one();
    commands.add(pod + "/" + container + " as " + account + " " + command.argv());
    calls.one();
    return commandResult;
  }
}
