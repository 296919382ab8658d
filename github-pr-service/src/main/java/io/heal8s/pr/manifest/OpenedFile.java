// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import io.heal8s.core.api.k8shealer.remediation.Change;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that is looked at more than once, e.g. to work out the changes from what it holds. It is
 * parsed with the first look. The methods mean what they mean in {@link ManifestEditor}. For use by
 * one thread.
 */
public final class OpenedFile {

  private final byte[] bytes;
  private final FileLayout layout;
  private @Nullable ParsedFile parsed;

  OpenedFile(byte[] bytes, FileLayout layout) {
    this.bytes = bytes;
    this.layout = layout;
  }

  private ParsedFile parsed() {
    ParsedFile file = parsed;
    if (file == null) {
      file = ParsedFile.parse(Source.decode(bytes));
      parsed = file;
    }
    return file;
  }

  /** Makes changes in the file. */
  public EditResult edit(List<Change> changes) {
    try {
      changes.forEach(ChangeJudge::check);
      return edit(parsed(), changes);
    } catch (RefusedException e) {
      return e.result();
    }
  }

  /** Reads what the file holds where changes point. */
  public ReadResult read(List<Change> changes) {
    try {
      Located located = new Located(parsed(), layout);
      return new ReadResult.Values(changes.stream().map(c -> located.find(c).value()).toList());
    } catch (RefusedException e) {
      return e.result();
    }
  }

  /**
   * Texts under one key of each item of a list, e.g. the names of a pod's containers.
   *
   * @param list where the list is, as the path of a change
   * @param key the key
   * @return one value for each item that has the key, in their order; the change of each is {@code
   *     list}
   */
  public ReadResult readItems(Change list, String key) {
    try {
      return new ReadResult.Values(new Located(parsed(), layout).items(list, key));
    } catch (RefusedException e) {
      return e.result();
    }
  }

  private EditResult edit(ParsedFile file, List<Change> changes) {
    Located located = new Located(file, layout);
    List<FieldValue> held = new ArrayList<>();
    Set<List<Object>> places = new HashSet<>();
    List<PlannedChange> planned = new ArrayList<>();
    for (Change change : changes) {
      Located.Found found = located.find(change);
      List<Object> key = new ArrayList<>(found.planned().path());
      key.add(found.planned().document());
      if (!places.add(key)) {
        throw new RefusedException(
            Refusal.BAD_CHANGE, 1, "two changes are about " + change.path() + "; send one");
      }
      switch (ChangeJudge.judge(change, found.scalar())) {
        case Verdict.Write() -> planned.add(found.planned());
        case Verdict.Holds() -> held.add(found.value());
        case Verdict.Refuse(Refusal refusal, String reason) ->
            throw new RefusedException(refusal, found.line(), reason);
      }
    }
    if (planned.isEmpty()) {
      return new EditResult.AlreadyHolds(held);
    }
    boolean keepsFileType = layout instanceof FileLayout.ValuesFile;
    ParsedFile result = new FileWriter(file, keepsFileType).write(planned);
    return new EditResult.Edited(result.source().text(), edits(result, planned));
  }

  private static List<LineEdit> edits(ParsedFile result, List<PlannedChange> planned) {
    return planned.stream()
        .map(
            p -> {
              @Nullable Node root = result.documents().get(p.document()).root();
              if (root == null) {
                throw new IllegalStateException("document " + p.document() + " became empty");
              }
              Place place = PathWalk.follow(result.source(), root, p.segments());
              return new LineEdit(
                  p.change(), Located.line(result.source(), place), p.before(), p.change().after());
            })
        .toList();
  }
}
