// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import com.google.gson.JsonObject;
import io.heal8s.core.api.kco.targetapp.AppAction;
import io.heal8s.core.api.kco.targetapp.PendingRemediation;
import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.api.kco.targetapp.TargetAppSpec;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.api.kco.targetapp.Watched;
import io.heal8s.core.decide.Announcement;
import io.heal8s.graphql.change.ChangeEvents;
import io.heal8s.graphql.change.FieldChange;
import io.heal8s.graphql.change.FreeValue;
import io.heal8s.graphql.change.StateDiff;
import io.heal8s.graphql.change.StateDigest;
import io.heal8s.graphql.intent.AppSnapshot;
import io.heal8s.graphql.intent.Memory;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one state means beside what was known.
 *
 * @param digest of the state
 * @param queryDigest of the question that it answers
 * @param first whether it is the first state, or the first that answers this question
 * @param changes the fields that changed, as far as it is known
 * @param watched what the triggers saw
 * @param due Remediations to be created
 * @param sequence number of this change, that of the last one when nothing changed
 * @param looked whether every trigger was looked at
 * @param problem what is wrong with a trigger, null for nothing
 */
record Progress(
    String digest,
    String queryDigest,
    boolean first,
    List<FieldChange> changes,
    List<Watched> watched,
    List<PendingRemediation> due,
    long sequence,
    boolean looked,
    @Nullable String problem) {

  /**
   * Looks at a state.
   *
   * @param observed with the state that this process saw last
   */
  static Progress of(AppSnapshot observed, TargetAppSpec spec, Look look, Instant now) {
    TargetApp app = observed.app();
    Memory memory = observed.memory();
    Gaps seen = look.gaps();
    JsonObject before = memory.state();
    TargetAppStatus recorded = app.statusOrEmpty();
    String queryDigest = queryDigest(spec, look.perPod());
    boolean first = recorded.digest() == null || !queryDigest.equals(recorded.queryDigest());
    // The very same object was looked at before, so its digest is known.
    @SuppressWarnings("ReferenceEquality")
    boolean same = seen.state() == before;
    String digest =
        same && memory.digest() != null ? memory.digest() : StateDigest.ofState(seen.state());
    List<String> keys = ActionJson.watchKeys(spec.actionsOrEmpty());
    Map<String, Watched> known =
        recorded.watchedOrEmpty().stream()
            .collect(Collectors.toMap(Watched::key, Function.identity(), (one, _) -> one));
    List<FieldChange> changes =
        first || same
            ? List.of()
            : before != null
                ? StateDiff.between(before, seen.state())
                : digest.equals(recorded.digest())
                    ? List.of()
                    : look.watchedChanges(spec, keys, known);
    boolean edited =
        !Objects.equals(app.getMetadata().getGeneration(), recorded.observedGeneration());
    boolean moved =
        first
            || edited
            || (before == null ? !digest.equals(recorded.digest()) : !changes.isEmpty());
    Moment moment =
        new Moment(
            seen.state(),
            first ? null : before,
            changes.stream().map(FieldChange::path).toList(),
            first,
            moved,
            null,
            observed.isFull(),
            now);
    return judged(app, spec, keys, known, look, moment, changes, digest, queryDigest);
  }

  private static Progress judged(
      TargetApp app,
      TargetAppSpec spec,
      List<String> keys,
      Map<String, Watched> known,
      Look look,
      Moment moment,
      List<FieldChange> changes,
      String digest,
      String queryDigest) {
    List<AppAction> actions = spec.actionsOrEmpty();
    List<Watched> watched = new ArrayList<>();
    Map<Integer, Moment> fired = new LinkedHashMap<>();
    String problem = null;
    for (int i = 0; i < actions.size(); i++) {
      AppAction action = actions.get(i);
      Look.Judged judged = look.judge(action, keys.get(i), known, moment);
      watched.addAll(judged.watched());
      if (judged.problem() != null && problem == null) {
        problem = "spec.actions[" + i + "].trigger: " + judged.problem();
      }
      if (judged.fired() != null && action.action() != null) {
        fired.put(i, judged.fired());
      }
    }
    long last = app.statusOrEmpty().sequenceOrZero();
    boolean news = moment.initial() || !changes.isEmpty() || !fired.isEmpty();
    long sequence = news ? last + 1 : last;
    List<PendingRemediation> due = due(app, actions, sequence, fired);
    return new Progress(
        digest,
        queryDigest,
        moment.initial(),
        changes,
        watched,
        due,
        sequence,
        moment.moved(),
        problem);
  }

  /** Many at once have to share what one status can hold. */
  private static List<PendingRemediation> due(
      TargetApp app, List<AppAction> actions, long edge, Map<Integer, Moment> fired) {
    int left = EdgeContext.MAX_WAITING_BYTES;
    for (PendingRemediation waiting : app.statusOrEmpty().pendingOrEmpty()) {
      left -= waiting.context() == null ? 0 : EdgeContext.size(waiting.context());
    }
    List<PendingRemediation> due = new ArrayList<>();
    for (Map.Entry<Integer, Moment> each : fired.entrySet()) {
      int index = each.getKey();
      AppAction action = actions.get(index);
      int share = EdgeContext.share(left, fired.size() - due.size());
      String context = EdgeContext.of(action, each.getValue(), share);
      left -= EdgeContext.size(context);
      due.add(pending(app, index, action, edge, each.getValue(), context));
    }
    return List.copyOf(due);
  }

  private static PendingRemediation pending(
      TargetApp app, int index, AppAction action, long edge, Moment moment, String context) {
    String sha256 = RemediationDraft.sha256(action);
    return new PendingRemediation(
        RemediationDraft.name(app, index, sha256, edge),
        index,
        sha256,
        edge,
        moment.now().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC),
        context);
  }

  /** The events of the change. */
  List<Announcement> events(String app) {
    return first ? List.of(ChangeEvents.initial(app)) : ChangeEvents.of(app, changes);
  }

  // States of single pods have another shape: they answer another question.
  private static String queryDigest(TargetAppSpec spec, boolean perPod) {
    String variables = StateDigest.canonicalJson(FreeValue.json(spec.variables()));
    String question = spec.stateQuery() + "\n" + variables;
    return StateDigest.sha256(perPod ? question + "\neach pod" : question);
  }
}
