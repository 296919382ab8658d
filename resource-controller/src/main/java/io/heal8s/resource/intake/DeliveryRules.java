// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.intake;

import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceName;
import io.heal8s.resource.plugin.InputSink.Origin;
import io.heal8s.resource.plugin.InputSink.Receipt.Fault;
import io.heal8s.resource.plugin.InputSink.Receipt.Refused;
import io.heal8s.resource.plugin.InputSink.Wanted;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a delivery must be like: the rules that a REST request has in its models. */
final class DeliveryRules {

  private static final int LARGEST = 1_048_576;

  private DeliveryRules() {}

  /** What is wrong with it whatever is stored; empty when nothing is. */
  static Optional<Refused> complaint(Wanted wanted) {
    return ResourceName.complaint(wanted.key().name())
        .map(complaint -> new Refused(complaint, Fault.IDENTITY))
        .or(() -> content(wanted).map(Refused::new));
  }

  private static Optional<String> content(Wanted wanted) {
    return size("spec", wanted.spec())
        .or(() -> size("plugin_config", wanted.pluginConfig()))
        .or(
            () ->
                wanted.labels().containsKey(Origins.LABEL)
                    ? Optional.of("the label " + Origins.LABEL + " is set by the service")
                    : Optional.empty());
  }

  private static Optional<String> size(String field, JsonNode value) {
    if (!value.isObject()) {
      return Optional.of(field + " must be an object");
    }
    return value.toString().length() > LARGEST
        ? Optional.of(field + " exceeds maximum size of 1024KB")
        : Optional.empty();
  }

  /** Why it cannot be laid over what is there; empty when it can. */
  static Optional<String> conflict(Resource now, String plugin, Wanted wanted) {
    String acting = wanted.actionPlugin();
    if (!acting.isEmpty() && !acting.equals(now.actionPlugin())) {
      return Optional.of(
          "action_plugin of %s is %s and cannot become %s: delete it first"
              .formatted(now.name(), now.actionPlugin(), acting));
    }
    Origin origin = wanted.origin();
    String label = Origins.label(now);
    boolean others =
        !label.isEmpty() && (origin == null || !Origins.isFrom(now, plugin, origin.source()));
    return others
        ? Optional.of(
            "%s is delivered from %s: take it out there first"
                .formatted(now.name(), Origins.shown(now)))
        : Optional.empty();
  }

  /** Who acts. */
  static String actionPlugin(Wanted wanted) {
    return wanted.actionPlugin().isEmpty() ? Wish.DEFAULT_PLUGIN : wanted.actionPlugin();
  }
}
