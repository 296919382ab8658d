// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import io.heal8s.core.api.k8shealer.remediation.Change;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes planned changes in a parsed file. Values that nobody shares are replaced in one pass;
 * everything else is done one change at a time on a fresh parse, so that no offset is ever stale.
 */
final class FileWriter {

  /** Each round separates one step of a path from its other users. */
  private static final int MAX_ROUNDS = 64;

  private final ParsedFile original;
  private final boolean keepsFileType;

  FileWriter(ParsedFile original, boolean keepsFileType) {
    this.original = original;
    this.keepsFileType = keepsFileType;
  }

  /** The verified result; refuses when the result would not be as planned. */
  ParsedFile write(List<PlannedChange> changes) {
    ParsedFile inPlace = sharedInPlace(changes);
    if (inPlace != null) {
      return inPlace;
    }
    List<Splice> replacements = new ArrayList<>();
    List<PlannedChange> remaining = new ArrayList<>();
    for (PlannedChange change : changes) {
      if (change.change().after() != null
          && follow(original, change) instanceof Place.Held held
          && held.shared() == null) {
        replacements.addAll(replace(original, change, held.value(), change.change().after()));
      } else {
        remaining.add(change);
      }
    }
    ParsedFile file = replacements.isEmpty() ? original : reparsed(original, replacements);
    for (PlannedChange change : remaining) {
      file = writeOne(file, change);
    }
    if (!Verification.holds(original, file, changes, keepsFileType)) {
      throw notVerified(changes.getFirst());
    }
    return file;
  }

  /** Where all users of a shared value change alike, the one shared value is changed. */
  private @Nullable ParsedFile sharedInPlace(List<PlannedChange> changes) {
    IdentityHashMap<Node.Scalar, PlannedChange> values = new IdentityHashMap<>();
    boolean anyShared = false;
    for (PlannedChange change : changes) {
      if (!(follow(original, change) instanceof Place.Held held)) {
        return null;
      }
      anyShared |= held.shared() != null;
      PlannedChange other = values.put(held.value(), change);
      String after = change.change().after();
      if (after == null || (other != null && !after.equals(other.change().after()))) {
        return null;
      }
    }
    if (!anyShared) {
      return null;
    }
    List<Splice> splices = new ArrayList<>();
    values.forEach(
        (value, change) -> {
          String after = change.change().after();
          if (after != null) {
            splices.addAll(replace(original, change, value, after));
          }
        });
    ParsedFile result;
    try {
      result = original.with(splices);
    } catch (RefusedException e) {
      return null;
    }
    return Verification.holds(original, result, changes, keepsFileType) ? result : null;
  }

  private ParsedFile writeOne(ParsedFile start, PlannedChange change) {
    ParsedFile file = start;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      Place place = follow(file, change);
      Place.Shared shared = place.shared();
      List<Splice> last = lastStep(file, change, place);
      if (last != null) {
        return reparsed(file, last);
      }
      if (shared == null) {
        break;
      }
      file = reparsed(file, new Unsharing(file.source(), document(file, change)).step(shared));
    }
    throw new RefusedException(
        Refusal.SHARED,
        1,
        "the value of "
            + change.change().path()
            + " is shared through too many anchors; write it out");
  }

  /** The splices that write the value itself; null while the place is still shared. */
  private @Nullable List<Splice> lastStep(ParsedFile file, PlannedChange planned, Place place) {
    Change change = planned.change();
    String after = change.after();
    Source source = file.source();
    Document document = document(file, planned);
    ScalarWriter writer = new ScalarWriter(source, document);
    return switch (place) {
      case Place.Held held when held.shared() == null ->
          after == null
              ? new KeyRemoval(source).remove(held.value())
              : replace(file, planned, held.value(), after);
      case Place.Held held when after == null -> null;
      case Place.Held held
          when held.shared() instanceof Place.Shared.ByAlias(Node.Alias alias)
              && alias == held.site()
              && after != null ->
          List.of(
              new Splice(
                  alias.start,
                  alias.end(),
                  writer.fresh(after, change.typeOrDefault(), Flow.contains(alias))));
      case Place.Held held
          when held.shared()
                  instanceof Place.Shared.ByMerge(Node.Mapping map, String key, Node value)
              && value == held.site()
              && after != null ->
          new KeyInsertion(source, document)
              .insert(
                  map,
                  null,
                  List.of(key),
                  new Payload.Value(writer, after, change.typeOrDefault()));
      case Place.Held held -> null;
      case Place.Absent absent when absent.shared() == null && after != null ->
          new KeyInsertion(source, document)
              .insert(
                  absent.map(),
                  absent.nullEntry(),
                  absent.keys(),
                  new Payload.Value(writer, after, change.typeOrDefault()));
      case Place.Absent absent -> null;
    };
  }

  private List<Splice> replace(
      ParsedFile file, PlannedChange change, Node.Scalar value, String after) {
    return new ScalarWriter(file.source(), document(file, change))
        .replace(value, after, change.change().typeOrDefault(), keepsFileType);
  }

  private ParsedFile reparsed(ParsedFile file, List<Splice> splices) {
    try {
      return file.with(splices);
    } catch (RefusedException e) {
      // The original was readable: the fault is in the edit, not in the file.
      throw new RefusedException(
          Refusal.NOT_VERIFIED,
          file.source().line(splices.getFirst().start()),
          "the place is written in a way that cannot be edited safely; edit it by hand");
    }
  }

  private RefusedException notVerified(PlannedChange change) {
    Place place = follow(original, change);
    Node near =
        switch (place) {
          case Place.Held held -> held.site();
          case Place.Absent absent -> absent.map();
        };
    return new RefusedException(
        Refusal.NOT_VERIFIED,
        original.source().line(near.start),
        "an edit of " + change.change().path() + " would not read as planned; edit it by hand");
  }

  private static Place follow(ParsedFile file, PlannedChange change) {
    Node root = document(file, change).root();
    if (root == null) {
      throw new IllegalStateException("document " + change.document() + " became empty");
    }
    return PathWalk.follow(file.source(), root, change.segments());
  }

  private static Document document(ParsedFile file, PlannedChange change) {
    return file.documents().get(change.document());
  }
}
