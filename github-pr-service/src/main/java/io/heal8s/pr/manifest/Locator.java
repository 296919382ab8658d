// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.FieldPath;
import io.heal8s.core.api.k8shealer.remediation.FieldPath.Segment;
import io.heal8s.core.api.k8shealer.remediation.ValueMapping;
import java.util.ArrayList;
import java.util.List;

/** Says which document and which path of a file a change is about. */
final class Locator {

  private final FileLayout layout;

  Locator(FileLayout layout) {
    this.layout = layout;
  }

  /**
   * The root of a path.
   *
   * @param document position of the document in the file
   * @param path path from the document's root
   */
  record Location(int document, List<Segment> path) {}

  Location locate(ParsedFile file, ObjectFinder objects, Change change) {
    return switch (layout) {
      case FileLayout.Manifest(DocumentIdentity target) -> {
        ObjectFinder.Candidate found = objects.find(identity(target, change));
        List<Segment> path = new ArrayList<>(found.path());
        path.addAll(parse(change.path(), change.path()));
        yield new Location(found.document(), path);
      }
      case FileLayout.ValuesFile(List<ValueMapping> mappings) ->
          new Location(onlyDocument(file), mapped(mappings, change));
    };
  }

  private static DocumentIdentity identity(DocumentIdentity target, Change change) {
    String kind = change.kind();
    String name = change.name();
    return kind == null && name == null
        ? target
        : new DocumentIdentity(
            change.apiVersion(),
            kind == null ? target.kind() : kind,
            target.namespace(),
            name == null ? target.name() : name);
  }

  private static List<Segment> mapped(List<ValueMapping> mappings, Change change) {
    String wanted = canonical(change.path());
    for (ValueMapping mapping : mappings) {
      if (canonical(mapping.from()).equals(wanted)) {
        return parse(mapping.to(), mapping.to());
      }
    }
    throw new RefusedException(
        Refusal.BAD_CHANGE,
        1,
        "no value mapping says where this file keeps "
            + change.path()
            + "; add one to the policy's repository");
  }

  private static String canonical(String path) {
    return new FieldPath(parse(path, path)).toString();
  }

  private static List<Segment> parse(String path, String shown) {
    try {
      return FieldPath.parse(path).segments();
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          Refusal.BAD_CHANGE, 1, "`" + shown + "` is no field path: " + e.getMessage());
    }
  }

  private static int onlyDocument(ParsedFile file) {
    int found = -1;
    for (int i = 0; i < file.documents().size(); i++) {
      Node root = file.documents().get(i).root();
      if (root == null || root.isNull()) {
        continue;
      }
      if (found >= 0) {
        throw new RefusedException(
            Refusal.AMBIGUOUS,
            file.source().line(root.start),
            "a second document starts here, a values file has one; split the file");
      }
      found = i;
    }
    if (found < 0) {
      throw new RefusedException(
          Refusal.NO_SUCH_FIELD,
          1,
          "the file holds no values; write the map that the path starts with");
    }
    Document document = file.documents().get(found);
    if (document.duplicate() != null) {
      throw new RefusedException(
          Refusal.AMBIGUOUS,
          document.duplicate(),
          "the key `"
              + document.duplicateName()
              + "` is in its map already; remove one of the two");
    }
    return found;
  }
}
