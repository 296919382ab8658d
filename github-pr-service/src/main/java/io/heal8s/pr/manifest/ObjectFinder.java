// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import io.heal8s.core.api.k8shealer.remediation.FieldPath;
import io.heal8s.core.api.k8shealer.remediation.FieldPath.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the object that a change is about among the documents and list items of a file. */
final class ObjectFinder {

  private static final int MAX_LIST_DEPTH = 5;

  private final ParsedFile file;
  private final List<Candidate> candidates = new ArrayList<>();

  /**
   * An object of the file.
   *
   * @param document its document's position in the file
   * @param path where it stands in the document; empty for the document itself
   */
  record Candidate(
      int document,
      List<Segment> path,
      int line,
      @Nullable String apiVersion,
      @Nullable String kind,
      @Nullable String namespace,
      @Nullable String name) {

    private String shown() {
      return kind
          + " "
          + (namespace == null ? "" : namespace + "/")
          + (name == null ? "without a name" : name)
          + " (line "
          + line
          + ")";
    }
  }

  ObjectFinder(ParsedFile file) {
    this.file = file;
    for (int i = 0; i < file.documents().size(); i++) {
      Node root = file.documents().get(i).root();
      if (root != null && root.resolved() instanceof Node.Mapping map) {
        collect(i, map, List.of(), null, null, 0);
      }
    }
  }

  private void collect(
      int document,
      Node.Mapping map,
      List<Segment> path,
      @Nullable String listVersion,
      @Nullable String listKind,
      int depth) {
    String kind = orElse(Lookup.text(map, "kind"), listKind);
    String version = orElse(Lookup.text(map, "apiVersion"), listVersion);
    Lookup.Hit items = Lookup.find(map, "items");
    if (kind != null
        && kind.endsWith("List")
        && depth < MAX_LIST_DEPTH
        && items != null
        && items.entry().value().resolved() instanceof Node.Sequence list) {
      // Items of a typed list (DeploymentList) may leave out what its kind says.
      String itemKind = kind.equals("List") ? null : kind.substring(0, kind.length() - 4);
      String itemVersion = itemKind == null ? null : version;
      for (int i = 0; i < list.items.size(); i++) {
        if (list.items.get(i).resolved() instanceof Node.Mapping item) {
          List<Segment> itemPath = new ArrayList<>(path);
          itemPath.add(new FieldPath.Key("items"));
          itemPath.add(new FieldPath.Index(i));
          collect(document, item, itemPath, itemVersion, itemKind, depth + 1);
        }
      }
    } else if (kind != null) {
      candidates.add(
          new Candidate(
              document,
              path,
              file.source().line(map.start),
              version,
              kind,
              namespace(map),
              Lookup.text(map, "metadata", "name")));
    }
  }

  /** An empty namespace is none to the API. */
  private static @Nullable String namespace(Node.Mapping map) {
    String namespace = Lookup.text(map, "metadata", "namespace");
    return namespace == null || namespace.isEmpty() ? null : namespace;
  }

  private static @Nullable String orElse(@Nullable String text, @Nullable String other) {
    return text == null ? other : text;
  }

  /** The one object that is meant; refuses when there is none or more than one. */
  Candidate find(DocumentIdentity wanted) {
    List<Candidate> named =
        candidates.stream()
            .filter(c -> wanted.kind().equals(c.kind()) && wanted.name().equals(c.name()))
            .toList();
    if (named.isEmpty()) {
      throw noSuchObject(wanted);
    }
    List<Candidate> inNamespace = inNamespace(named, wanted);
    List<Candidate> found =
        inNamespace.stream()
            .filter(c -> wanted.apiVersion() == null || wanted.apiVersion().equals(c.apiVersion()))
            .toList();
    if (found.isEmpty()) {
      Candidate first = inNamespace.getFirst();
      throw new RefusedException(
          Refusal.NO_SUCH_OBJECT,
          first.line(),
          wanted
              + " has apiVersion "
              + first.apiVersion()
              + " here, wanted is "
              + wanted.apiVersion()
              + "; bring both to the same version");
    }
    if (found.size() > 1) {
      throw new RefusedException(
          Refusal.AMBIGUOUS,
          found.get(1).line(),
          wanted
              + " is in this file twice, in lines "
              + found.get(0).line()
              + " and "
              + found.get(1).line()
              + "; "
              + (wanted.namespace() == null ? "name the namespace or " : "")
              + "remove one");
    }
    return usable(found.getFirst());
  }

  private List<Candidate> inNamespace(List<Candidate> named, DocumentIdentity wanted) {
    if (wanted.namespace() == null) {
      return named;
    }
    List<Candidate> exact =
        named.stream().filter(c -> wanted.namespace().equals(c.namespace())).toList();
    List<Candidate> open = named.stream().filter(c -> c.namespace() == null).toList();
    if (exact.isEmpty() && open.isEmpty()) {
      throw new RefusedException(
          Refusal.NO_SUCH_OBJECT,
          named.getFirst().line(),
          wanted.kind()
              + " "
              + wanted.name()
              + " is in namespace "
              + named.getFirst().namespace()
              + " here, wanted is "
              + wanted.namespace());
    }
    return exact.isEmpty() ? open : exact;
  }

  private Candidate usable(Candidate found) {
    Document document = file.documents().get(found.document());
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

  private RefusedException noSuchObject(DocumentIdentity wanted) {
    String others =
        candidates.stream().limit(5).map(Candidate::shown).collect(Collectors.joining(", "));
    String more = candidates.size() > 5 ? " and " + (candidates.size() - 5) + " more" : "";
    return new RefusedException(
        Refusal.NO_SUCH_OBJECT,
        1,
        "there is no "
            + wanted.kind()
            + " "
            + wanted.name()
            + " in this file, "
            + (others.isEmpty() ? "and no other object" : "only " + others + more));
  }
}
