// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.sim;

import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.operator.act.PodExec;
import io.heal8s.operator.act.WebhookSender;
import io.heal8s.operator.intent.PodCommand;
import io.heal8s.operator.intent.WebhookCall;
import java.util.ArrayList;
import java.util.List;

/** Whoever is called or commanded by the operator. */
final class Receivers implements WebhookSender, PodExec {

  private final Calls calls;
  private final HouseRules rules;
  private final StoredInMemory remediations;

  Receivers(Calls calls, HouseRules rules, StoredInMemory remediations) {
    this.calls = calls;
    this.rules = rules;
    this.remediations = remediations;
  }

  /** Bodies that reached the receiver. */
  final List<String> delivered = new ArrayList<>();

  /** The keys that they came with. */
  final List<String> deliveryKeys = new ArrayList<>();

  WebhookSender.Reply receiver = new WebhookSender.Reply.Answered(200);

  /** Commands that were begun. */
  final List<String> commands = new ArrayList<>();

  /** What happens while a command runs. */
  Runnable whileItRuns = () -> {};

  PodExec.Result commandResult = new PodExec.Result.Exited(0, "");

  @Override
  public WebhookSender.Reply send(WebhookCall webhook, String namespace, String body, String key) {
    calls.one();
    rules.does(ActionType.CallWebhook, remediations.all());
    delivered.add(body);
    deliveryKeys.add(key);
    calls.one();
    return receiver;
  }

  @Override
  public PodExec.Result run(
      String namespace, String pod, String container, String account, PodCommand command) {
    calls.one();
    rules.does(ActionType.ExecCommand, remediations.all());
    commands.add(pod + "/" + container + " as " + account + " " + command.argv());
    calls.one();
    whileItRuns.run();
    return commandResult;
  }
}
