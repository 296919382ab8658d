// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

import java.util.List;

/**
 * What became of a delivery.
 *
 * @param answers one for each alert, in the order of the delivery
 */
public record DeliveryReport(List<AlertAnswer> answers) {

  public DeliveryReport {
    answers = List.copyOf(answers);
  }

  /** How many alerts failed in a way that may pass: unless 0, the delivery must be sent again. */
  public long failed() {
    return answers.stream().filter(answer -> answer.result() instanceof Result.Failed).count();
  }

  /** The Remediations that this delivery made, as namespace/name. */
  public List<String> created() {
    return answers.stream()
        .map(AlertAnswer::result)
        .filter(Result.Created.class::isInstance)
        .map(Result.Created.class::cast)
        .map(made -> made.namespace() + "/" + made.name())
        .toList();
  }
}
