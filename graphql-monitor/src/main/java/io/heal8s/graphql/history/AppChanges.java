// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.history;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heal8s.core.api.Condition;
import io.heal8s.core.api.kco.targetapp.AppAction;
import io.heal8s.core.api.kco.targetapp.PendingRemediation;
import io.heal8s.core.api.kco.targetapp.TargetAppSpec;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus.State;
import io.heal8s.core.api.kco.targetapp.Watched;
import io.heal8s.core.decide.ForeignText;
import io.heal8s.graphql.change.FieldChange;
import io.heal8s.graphql.change.StateDiff;
import io.heal8s.graphql.intent.Memory;
import io.heal8s.graphql.trigger.ActionJson;
import io.heal8s.graphql.trigger.MonitorCondition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds what happened between two moments of an application. */
public final class AppChanges {

  private static final int LONGEST_VALUE = 256;

  /** Characters of the shortest entry of a list, with its comma. */
  private static final int LEAST_ENTRY = 2;

  private static final AppChange.Field UNKEPT = new AppChange.Field("", null, null);

  private AppChanges() {}

  /**
   * What happened.
   *
   * @param spec null for an object without one
   * @param before status before
   * @param after status after; the same when only the memory is another
   * @param was what the process knew before; {@link Memory#NONE} where another one polls
   * @param is what it knows after
   * @param at when
   * @return empty when nothing happened that people want to see
   */
  public static Optional<AppChange> between(
      @Nullable TargetAppSpec spec,
      TargetAppStatus before,
      TargetAppStatus after,
      Memory was,
      Memory is,
      Instant at) {
    List<AppChange.Field> fields = fields(spec, before, after, was.state(), is.state());
    Set<String> known =
        before.pendingOrEmpty().stream()
            .map(PendingRemediation::name)
            .collect(Collectors.toUnmodifiableSet());
    List<String> remediations =
        after.pendingOrEmpty().stream()
            .map(PendingRemediation::name)
            .filter(name -> !known.contains(name))
            .toList();
    AppChange.Kind kind = kind(before, after, was, is, fields, remediations);
    if (kind == null) {
      return Optional.empty();
    }
    boolean first = kind == AppChange.Kind.INITIAL || kind == AppChange.Kind.FAILED;
    List<AppChange.Field> told = first ? List.of() : fields;
    boolean failed = kind == AppChange.Kind.FAILED;
    return Optional.of(
        new AppChange(
            kind,
            at,
            after.sequenceOrZero(),
            told.subList(0, Math.min(told.size(), AppChange.MOST_FIELDS)),
            Math.max(0, told.size() - AppChange.MOST_FIELDS),
            failed ? reason(after) : null,
            cut(after.lastError()),
            remediations));
  }

  private static AppChange.@Nullable Kind kind(
      TargetAppStatus before,
      TargetAppStatus after,
      Memory was,
      Memory is,
      List<AppChange.Field> fields,
      List<String> remediations) {
    if (isUnknown(after)) {
      boolean news = !isUnknown(before) || !Objects.equals(reason(before), reason(after));
      return news ? AppChange.Kind.FAILED : null;
    }
    if (after.digest() == null) {
      return null;
    }
    if (before.digest() == null || !Objects.equals(before.queryDigest(), after.queryDigest())) {
      return AppChange.Kind.INITIAL;
    }
    if (isUnknown(before)) {
      return AppChange.Kind.RECOVERED;
    }
    if (!fields.isEmpty() || moved(before.digest(), after.digest(), was.digest(), is.digest())) {
      return AppChange.Kind.CHANGED;
    }
    return remediations.isEmpty() ? null : AppChange.Kind.FIRED;
  }

  // What was only noted is in the memory and not in the status; the status catches up later, and
  // that is no change.
  private static boolean moved(
      @Nullable String before, @Nullable String after, @Nullable String was, @Nullable String is) {
    return was != null && is != null ? !was.equals(is) : !Objects.equals(before, after);
  }

  private static boolean isUnknown(TargetAppStatus status) {
    Condition ready = ready(status);
    return status.state() == State.Failed
        || (ready != null && ready.status() == Condition.Status.False);
  }

  private static @Nullable String reason(TargetAppStatus status) {
    Condition ready = ready(status);
    return ready == null ? null : ready.reason();
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null || text.length() <= LONGEST_VALUE
        ? text
        : ForeignText.cut(text, LONGEST_VALUE);
  }

  private static @Nullable Condition ready(TargetAppStatus status) {
    for (Condition one : Objects.requireNonNullElse(status.conditions(), List.<Condition>of())) {
      if (one.type().equals(MonitorCondition.Ready.name())) {
        return one;
      }
    }
    return null;
  }

  private static List<AppChange.Field> fields(
      @Nullable TargetAppSpec spec,
      TargetAppStatus before,
      TargetAppStatus after,
      @Nullable JsonObject was,
      @Nullable JsonObject is) {
    if (was != null && is != null) {
      List<AppChange.Field> fields = new ArrayList<>();
      for (FieldChange one : StateDiff.between(was, is)) {
        // Far fewer are kept; what follows is only counted.
        boolean kept = fields.size() < AppChange.MOST_FIELDS;
        fields.add(
            kept
                ? new AppChange.Field(
                    String.valueOf(cut(one.path())), text(one.before()), text(one.after()))
                : UNKEPT);
      }
      return fields;
    }
    return spec == null ? List.of() : watchedFields(spec.actionsOrEmpty(), before, after);
  }

  private static List<AppChange.Field> watchedFields(
      List<AppAction> actions, TargetAppStatus before, TargetAppStatus after) {
    if (after.watchedOrEmpty().equals(before.watchedOrEmpty())) {
      return List.of();
    }
    Map<String, Watched> known = new HashMap<>();
    before.watchedOrEmpty().forEach(one -> known.put(one.key(), one));
    List<String> keys = ActionJson.watchKeys(actions);
    Map<String, AppChange.Field> fields = new TreeMap<>();
    for (Watched now : after.watchedOrEmpty()) {
      Watched old = known.get(now.key());
      // With the state of each pod its name is not known here, so only the whole ones are told.
      int action = keys.indexOf(now.key());
      String path = action < 0 ? null : actions.get(action).trigger().field();
      if (path != null && old != null && !Objects.equals(old.digest(), now.digest())) {
        fields.put(path, new AppChange.Field(path, old.value(), now.value()));
      }
    }
    return List.copyOf(fields.values());
  }

  private static @Nullable String text(@Nullable JsonElement value) {
    boolean surelyLong =
        switch (value) {
          case JsonObject object -> object.size() > LONGEST_VALUE / LEAST_ENTRY;
          case JsonArray array -> array.size() > LONGEST_VALUE / LEAST_ENTRY;
          case null, default -> false;
        };
    String text = value == null || surelyLong ? null : value.toString();
    return text == null || text.length() > LONGEST_VALUE ? null : text;
  }
}
