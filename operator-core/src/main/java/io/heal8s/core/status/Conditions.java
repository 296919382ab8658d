// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.status;

import io.heal8s.core.api.Condition;
import io.heal8s.core.decide.Reason;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An immutable list of conditions with at most one of each type, in the order of their types'
 * names: two writers, or one writer twice, produce the same list from the same facts.
 */
public final class Conditions {

  private static final int MAX_MESSAGE = 32_768;

  /** No conditions. */
  public static final Conditions NONE = new Conditions(Map.of());

  private final Map<String, Condition> byType;

  private Conditions(Map<String, Condition> byType) {
    this.byType = byType;
  }

  /** The conditions that an object holds; of several of one type the last counts. */
  public static Conditions of(@Nullable Collection<Condition> held) {
    if (held == null || held.isEmpty()) {
      return NONE;
    }
    Map<String, Condition> byType = new LinkedHashMap<>();
    for (Condition condition : held) {
      byType.put(condition.type(), condition);
    }
    return new Conditions(byType);
  }

  /**
   * The list with one condition set. Its transition time is {@code now}, cut to whole seconds as
   * the API's own times are, if the status differs from the one held, and stays otherwise.
   *
   * @param type the feature's condition type
   * @param reason why; part of the API
   * @param message sentence for people, may be empty; cut at 32768 characters
   * @param generation generation of the object that was judged
   */
  public Conditions with(
      Enum<?> type,
      Condition.Status status,
      Reason reason,
      String message,
      @Nullable Long generation,
      Instant now) {
    Condition held = byType.get(type.name());
    OffsetDateTime since =
        held != null && held.status() == status ? held.lastTransitionTime() : null;
    Condition next =
        new Condition(
            type.name(),
            status,
            generation,
            since != null ? since : now.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC),
            reason.name(),
            message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE));
    Map<String, Condition> more = new LinkedHashMap<>(byType);
    more.put(type.name(), next);
    return new Conditions(more);
  }

  /** The list without that type. */
  public Conditions without(Enum<?> type) {
    Map<String, Condition> less = new LinkedHashMap<>(byType);
    less.remove(type.name());
    return new Conditions(less);
  }

  /** Only the conditions of these types: what one writer owns of a list that several share. */
  public Conditions only(Set<? extends Enum<?>> types) {
    Map<String, Condition> own = new LinkedHashMap<>(byType);
    own.keySet().removeIf(name -> types.stream().noneMatch(type -> type.name().equals(name)));
    return new Conditions(own);
  }

  /** The condition of that type, or null. */
  public @Nullable Condition get(Enum<?> type) {
    return byType.get(type.name());
  }

  /** Whether the condition of that type is there and True. */
  public boolean isTrue(Enum<?> type) {
    Condition condition = get(type);
    return condition != null && condition.status() == Condition.Status.True;
  }

  /** The list as the status holds it. */
  public List<Condition> toList() {
    List<Condition> sorted = new ArrayList<>(byType.values());
    sorted.sort(Comparator.comparing(Condition::type));
    return List.copyOf(sorted);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Conditions that && toList().equals(that.toList());
  }

  @Override
  public int hashCode() {
    return Objects.hash(toList());
  }

  @Override
  public String toString() {
    return toList().toString();
  }
}
