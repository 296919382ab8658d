// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.intake;

import static io.heal8s.resource.intake.IntakeResult.Reason.DENIED;
import static io.heal8s.resource.intake.IntakeResult.Reason.INVALID;
import static io.heal8s.resource.intake.IntakeResult.refused;

import io.heal8s.resource.access.Caller;
import io.heal8s.resource.access.Operation;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whether a wish may be stored: asks the schema, then the others, then the plugin. */
final class WishJudge {

  private final SpecChecks checks;
  private final Admission admission;

  WishJudge(SpecChecks checks, Admission admission) {
    this.checks = checks;
    this.admission = admission;
  }

  JsonNode withDefaults(ResourceType type, JsonNode spec) {
    return checks.withDefaults(type, spec);
  }

  Optional<String> unknownPlugin(String name) {
    return checks.unknownPlugin(name);
  }

  /**
   * Judges a wish.
   *
   * @param spec what is wanted, also where the wish itself leaves it as it is
   * @param old the resource that is to be changed; null for a new one
   */
  Verdict judge(
      Wish wish, ResourceType type, JsonNode spec, @Nullable Resource old, Caller caller) {
    JsonNode wanted = wish.applyDefaults() ? checks.withDefaults(type, spec) : spec;
    // What was valid when it was stored is not judged again unless it changes.
    Optional<String> wrong =
        (wish.spec() == null ? Optional.<String>empty() : checks.schema(type, wanted))
            .or(() -> hidden(wish, old));
    if (wrong.isPresent()) {
      return new Verdict.No(refused(INVALID, wrong.get()));
    }
    Operation operation = old == null ? Operation.CREATE : Operation.UPDATE;
    Admission.Review review =
        new Admission.Review(
            operation,
            wish.name(),
            wish.typeName(),
            wish.typeVersion(),
            wanted,
            old == null ? null : ReviewJson.of(old),
            caller.username());
    return switch (admission.judge(review)) {
      case Admission.Verdict.Denied denied -> new Verdict.No(refused(DENIED, denied.message()));
      case Admission.Verdict.Allowed allowed -> admitted(wish, type, wanted, allowed.spec(), old);
    };
  }

  /** A value that is shown hidden, and was sent where none is stored that it could stand for. */
  private static Optional<String> hidden(Wish wish, @Nullable Resource old) {
    return old != null && wish.pluginConfig().equals(old.pluginConfig())
        ? Optional.empty()
        : Masks.stillHidden(wish.pluginConfig())
            .map(
                place ->
                    "plugin_config.%s: %s stands for a hidden value; give the value or a reference"
                        .formatted(place, Masks.HIDDEN));
  }

  /** A spec that somebody changed on the way is judged again. */
  private Verdict admitted(
      Wish wish, ResourceType type, JsonNode asked, JsonNode spec, @Nullable Resource old) {
    Optional<String> wrong =
        (spec.equals(asked) ? Optional.<String>empty() : checks.schema(type, spec))
            .or(
                () ->
                    checks.plugin(
                        old == null ? 0 : old.id(), wish, type, spec, wish.pluginConfig()))
            .or(() -> old == null ? Optional.empty() : checks.change(old, wish, type, spec));
    return wrong
        .<Verdict>map(message -> new Verdict.No(refused(INVALID, message)))
        .orElseGet(() -> new Verdict.Yes(spec));
  }

  /** What became of it. */
  sealed interface Verdict {
    /** It may be stored, with this spec. */
    record Yes(JsonNode spec) implements Verdict {}

    record No(IntakeResult refusal) implements Verdict {}
  }
}
