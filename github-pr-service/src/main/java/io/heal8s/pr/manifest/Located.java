// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import io.heal8s.core.api.k8shealer.remediation.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers what a parsed file holds where changes point. */
final class Located {

  private final ParsedFile file;
  private final Locator locator;
  private final ObjectFinder objects;

  Located(ParsedFile file, FileLayout layout) {
    this.file = file;
    this.locator = new Locator(layout);
    this.objects = new ObjectFinder(file);
  }

  /**
   * A change and what stands where it points.
   *
   * @param scalar the value; null when it is absent
   */
  record Found(PlannedChange planned, Node.@Nullable Scalar scalar, int line) {

    FieldValue value() {
      return new FieldValue(planned.change(), planned.before(), line);
    }
  }

  Found find(Change change) {
    Locator.Location location = locator.locate(file, objects, change);
    Place place = PathWalk.follow(file.source(), root(location), location.path());
    Node.Scalar scalar =
        switch (place) {
          case Place.Held held -> held.value();
          case Place.Absent absent -> null;
        };
    String text = scalar == null || scalar.isNull() ? null : scalar.value;
    PlannedChange planned =
        new PlannedChange(change, location.document(), location.path(), place.path(), text);
    return new Found(planned, scalar, line(file.source(), place));
  }

  /** The text under a key of each item of the list that a change's path leads to. */
  List<FieldValue> items(Change list, String key) {
    Locator.Location location = locator.locate(file, objects, list);
    Node node = PathWalk.node(file.source(), root(location), location.path());
    if (!(node.resolved() instanceof Node.Sequence sequence)) {
      throw new RefusedException(
          Refusal.NO_SUCH_FIELD, file.source().line(node.start), list.path() + " is no list");
    }
    return sequence.items.stream()
        .filter(item -> item.resolved() instanceof Node.Mapping)
        .map(
            item ->
                new FieldValue(
                    list,
                    Lookup.text((Node.Mapping) item.resolved(), key),
                    file.source().line(item.start)))
        .toList();
  }

  private Node root(Locator.Location location) {
    Node root = file.documents().get(location.document()).root();
    if (root == null) {
      throw new IllegalStateException("an empty document was located");
    }
    return root;
  }

  /** Line of the value, or of the map that it is missing in. */
  static int line(Source source, Place place) {
    return switch (place) {
      // The content of a block scalar stands below its header.
      case Place.Held held ->
          source.line(held.value().contentStart) + (held.value().isBlock() ? 1 : 0);
      case Place.Absent absent -> source.line(absent.map().start);
    };
  }
}
