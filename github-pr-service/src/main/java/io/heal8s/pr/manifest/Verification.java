// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Change.ValueType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the edited file again and compares it with the original, place by place: what an alias or a
 * merge key stands for counts as written where it is used. Anything but the planned differences
 * means that the edit is thrown away.
 */
final class Verification {

  private static final int MAX_DEPTH = 1000;

  private final boolean keepsFileType;
  private final Set<Pair> equal = new HashSet<>();

  private record Pair(Node before, Node after) {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Pair(Node b, Node a) && b == before && a == after;
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(before) + System.identityHashCode(after);
    }
  }

  private Verification(boolean keepsFileType) {
    this.keepsFileType = keepsFileType;
  }

  /** Whether the files differ in exactly the planned values. */
  static boolean holds(
      ParsedFile before, ParsedFile after, List<PlannedChange> changes, boolean keepsFileType) {
    if (before.documents().size() != after.documents().size()) {
      return false;
    }
    Verification verification = new Verification(keepsFileType);
    for (int i = 0; i < before.documents().size(); i++) {
      Expected expected = new Expected();
      for (PlannedChange change : changes) {
        if (change.document() == i) {
          expected.add(change.path(), change.change());
        }
      }
      Node old = before.documents().get(i).root();
      Node now = after.documents().get(i).root();
      if (!verification.matches(old, now, expected)) {
        return false;
      }
    }
    return true;
  }

  /** The planned changes below one node. */
  private static final class Expected {

    private final Map<Object, Expected> below = new HashMap<>();
    private @Nullable Change change;

    void add(List<Object> path, Change planned) {
      if (path.isEmpty()) {
        change = planned;
      } else {
        below
            .computeIfAbsent(path.getFirst(), k -> new Expected())
            .add(path.subList(1, path.size()), planned);
      }
    }
  }

  private boolean matches(
      @Nullable Node before, @Nullable Node after, @Nullable Expected expected) {
    if (expected != null && expected.change != null) {
      return isAsPlanned(before, after, expected.change);
    }
    if (expected == null || expected.below.isEmpty()) {
      return (before == null || after == null) ? before == after : same(before, after, 0);
    }
    Node now = after == null ? null : after.resolved();
    Node old = before == null || before.isNull() ? null : before.resolved();
    if (now instanceof Node.Mapping map && (old == null || old instanceof Node.Mapping)) {
      return sameEntries((Node.Mapping) old, map, expected);
    }
    return now instanceof Node.Sequence list
        && old instanceof Node.Sequence oldList
        && sameItems(oldList, list, expected);
  }

  private boolean sameEntries(
      Node.@Nullable Mapping before, Node.Mapping after, Expected expected) {
    Map<String, Node> old = before == null ? Map.of() : Lookup.entries(before);
    Map<String, Node> now = Lookup.entries(after);
    Set<String> keys = new LinkedHashSet<>(old.keySet());
    keys.addAll(now.keySet());
    for (String key : keys) {
      if (!matches(old.get(key), now.get(key), expected.below.get(key))) {
        return false;
      }
    }
    return true;
  }

  private boolean sameItems(Node.Sequence before, Node.Sequence after, Expected expected) {
    if (before.items.size() != after.items.size()) {
      return false;
    }
    for (int i = 0; i < before.items.size(); i++) {
      if (!matches(before.items.get(i), after.items.get(i), expected.below.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean isAsPlanned(@Nullable Node before, @Nullable Node after, Change change) {
    String wanted = change.after();
    if (wanted == null || after == null) {
      return wanted == null && after == null;
    }
    if (!(after.resolved() instanceof Node.Scalar now)) {
      return false;
    }
    boolean inFileType =
        before != null
            && before.resolved() instanceof Node.Scalar old
            && !old.isNull()
            && now.type() == old.type()
            && isWhatItsTagSays(now)
            && now.value.equals(wanted);
    ValueType type = change.typeOrDefault();
    return switch (type) {
      case string -> now.value.equals(wanted) && (now.type() == ScalarType.STRING || inFileType);
      case integer ->
          (now.type() == ScalarType.INTEGER && ChangeJudge.isInteger(now.value, wanted))
              || (keepsFileType && inFileType);
      case bool ->
          (now.type() == ScalarType.BOOLEAN && now.value.equals(wanted))
              || (keepsFileType && inFileType);
      case json -> false;
    };
  }

  /** A tag makes a number of whatever stands behind it, but no reader would take it. */
  private static boolean isWhatItsTagSays(Node.Scalar scalar) {
    return switch (scalar.type()) {
      case INTEGER, NUMBER, BOOLEAN, NULL ->
          scalar.tag == null || ScalarType.ofPlain(scalar.value) == scalar.type();
      case STRING, AMBIGUOUS -> true;
    };
  }

  /** Whether two nodes mean the same. Pairs in progress count as equal, so that cycles end. */
  private boolean same(Node before, Node after, int depth) {
    Node old = before.resolved();
    Node now = after.resolved();
    if (depth > MAX_DEPTH) {
      return false;
    }
    return switch (old) {
      case Node.Scalar one ->
          now instanceof Node.Scalar other
              && one.type() == other.type()
              && Objects.equals(one.tag, other.tag)
              && (one.type() == ScalarType.NULL || one.value.equals(other.value));
      case Node.Sequence one ->
          now instanceof Node.Sequence other
              && Objects.equals(one.tag, other.tag)
              && one.items.size() == other.items.size()
              && (!equal.add(new Pair(old, now)) || sameItems(one.items, other.items, depth));
      case Node.Mapping one ->
          now instanceof Node.Mapping other
              && Objects.equals(one.tag, other.tag)
              && one.entries.size() == other.entries.size()
              && (!equal.add(new Pair(old, now)) || sameEntries(one.entries, other.entries, depth));
      case Node.Alias alias ->
          throw new IllegalStateException("an alias of an alias " + alias.name);
    };
  }

  private boolean sameItems(List<Node> before, List<Node> after, int depth) {
    for (int i = 0; i < before.size(); i++) {
      if (!same(before.get(i), after.get(i), depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private boolean sameEntries(List<Node.Entry> before, List<Node.Entry> after, int depth) {
    for (int i = 0; i < before.size(); i++) {
      if (!same(before.get(i).key(), after.get(i).key(), depth + 1)
          || !same(before.get(i).value(), after.get(i).value(), depth + 1)) {
        return false;
      }
    }
    return true;
  }
}
