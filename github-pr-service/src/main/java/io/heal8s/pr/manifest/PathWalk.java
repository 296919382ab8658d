// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import io.heal8s.core.api.k8shealer.remediation.FieldPath;
import io.heal8s.core.api.k8shealer.remediation.FieldPath.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Follows one path through one document. */
final class PathWalk {

  private final Source source;
  private final List<Object> taken = new ArrayList<>();
  private Node at;
  private Place.@Nullable Shared shared;

  private PathWalk(Source source, Node root) {
    this.source = source;
    this.at = root;
  }

  /** Follows the path; refuses one that the document has no room for. */
  static Place follow(Source source, Node root, List<Segment> path) {
    return new PathWalk(source, root).follow(path);
  }

  /** The node at the end of the path, whatever it is; refuses a path that ends before. */
  static Node node(Source source, Node root, List<Segment> path) {
    PathWalk walk = new PathWalk(source, root);
    if (walk.walk(path) instanceof Place.Absent absent) {
      throw walk.noSuchField(absent.map(), "`" + absent.path().getLast() + "` is not here");
    }
    return walk.at;
  }

  private Place follow(List<Segment> path) {
    Place absent = walk(path);
    if (absent != null) {
      return absent;
    }
    if (at.resolved() instanceof Node.Scalar scalar) {
      return new Place.Held(List.copyOf(taken), shared, at, scalar);
    }
    throw noSuchField(at, "a map or a list stands here, a single value was expected");
  }

  /** Walks to the end of the path; returns where it stopped when keys are missing. */
  private @Nullable Place walk(List<Segment> path) {
    enter(at);
    for (int i = 0; i < path.size(); i++) {
      switch (path.get(i)) {
        case FieldPath.Key(String name) -> {
          Node.Mapping map = map(name);
          Lookup.Hit hit = Lookup.find(map, name);
          Node value = hit == null ? null : hit.entry().value().resolved();
          boolean last = i == path.size() - 1;
          if (hit == null || value == null || (value.isNull() && !last)) {
            return absent(map, hit, path, i);
          }
          if (hit.merged() && shared == null) {
            shared = new Place.Shared.ByMerge(map, name, hit.entry().value());
          }
          taken.add(name);
          enter(hit.entry().value());
        }
        case FieldPath.Index(int position) -> {
          Node.Sequence list = list("[" + position + "]");
          if (position >= list.items.size()) {
            throw noSuchField(
                list, "there is no item " + position + ", the list has " + list.items.size());
          }
          taken.add(position);
          enter(list.items.get(position));
        }
        case FieldPath.Match(String key, String value) -> {
          int position = position(key, value);
          taken.add(position);
          enter(list(key).items.get(position));
        }
      }
    }
    return null;
  }

  private void enter(Node site) {
    if (shared == null) {
      if (site instanceof Node.Alias alias) {
        shared = new Place.Shared.ByAlias(alias);
      } else if (!site.users().isEmpty()) {
        shared = new Place.Shared.ByAnchor(site);
      }
    }
    at = site;
  }

  private Place absent(
      Node.Mapping map, Lookup.@Nullable Hit hit, List<Segment> path, int missingFrom) {
    List<String> missing = new ArrayList<>();
    for (Segment segment : path.subList(missingFrom, path.size())) {
      if (!(segment instanceof FieldPath.Key(String name))) {
        throw noSuchField(
            map, "`" + missing.getLast() + "` is not here, so it has no item to change");
      }
      missing.add(name);
      taken.add(name);
    }
    if (hit == null) {
      return new Place.Absent(List.copyOf(taken), shared, map, null, missing);
    }
    Node.Entry entry = hit.entry();
    if (shared == null && hit.merged()) {
      // The null that another map gives is overridden by an own entry.
      return new Place.Absent(List.copyOf(taken), null, map, null, missing);
    }
    enter(entry.value());
    return new Place.Absent(
        List.copyOf(taken), shared, map, entry, missing.subList(1, missing.size()));
  }

  private Node.Mapping map(String next) {
    if (at.resolved() instanceof Node.Mapping map) {
      return map;
    }
    throw noSuchField(at, "no map stands here, so it has no `" + next + "`");
  }

  private Node.Sequence list(String next) {
    if (at.resolved() instanceof Node.Sequence list) {
      return list;
    }
    throw noSuchField(at, "no list stands here, so it has no item " + next);
  }

  private int position(String key, String value) {
    Node.Sequence list = list(key + "=" + value);
    int found = -1;
    List<String> others = new ArrayList<>();
    for (int i = 0; i < list.items.size(); i++) {
      String text =
          list.items.get(i).resolved() instanceof Node.Mapping map ? Lookup.text(map, key) : null;
      if (value.equals(text) && found >= 0) {
        throw new RefusedException(
            Refusal.AMBIGUOUS,
            source.line(list.items.get(i).start),
            "a second item with " + key + " " + value + " stands here; give each its own");
      }
      found = value.equals(text) ? i : found;
      others.add(Objects.requireNonNullElse(text, "?"));
    }
    if (found < 0) {
      throw noSuchField(
          list,
          "there is no item with "
              + key
              + " "
              + value
              + " here, only "
              + String.join(", ", others));
    }
    return found;
  }

  private RefusedException noSuchField(Node node, String reason) {
    return new RefusedException(Refusal.NO_SUCH_FIELD, source.line(node.start), reason);
  }
}
