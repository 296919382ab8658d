// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import io.heal8s.core.api.k8shealer.remediation.Change;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes values in a file and leaves every other byte alone: comments, order, quotes, line ends,
 * blanks. The result is read again before it is returned; if it differs from the original in
 * anything but the planned values, the file is refused instead. Safe for use by several threads.
 */
public final class ManifestEditor {

  /**
   * Makes changes in a file.
   *
   * <p>A quantity or number that the file has reached already is left alone. A text is replaced
   * only where the file holds the change's {@code before}. A missing key is added, maps above it
   * too; a list item is never added.
   *
   * @param file the file's bytes, UTF-8
   * @param layout what the file is, and which object is meant
   * @param changes the wanted values; at least one
   * @return the edited file, that there was nothing to do, or why the file is not edited
   */
  public EditResult edit(byte[] file, FileLayout layout, List<Change> changes) {
    try {
      changes.forEach(ChangeJudge::check);
      return edit(ParsedFile.parse(Source.decode(file)), layout, changes);
    } catch (RefusedException e) {
      return e.result();
    }
  }

  /**
   * Reads what a file holds where changes point; what they want is not looked at.
   *
   * @param file the file's bytes, UTF-8
   * @param layout what the file is, and which object is meant
   * @param changes where to look
   * @return the values, or why they cannot be read
   */
  public ReadResult read(byte[] file, FileLayout layout, List<Change> changes) {
    try {
      ParsedFile parsed = ParsedFile.parse(Source.decode(file));
      Located located = new Located(parsed, layout);
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
  public ReadResult readItems(byte[] file, FileLayout layout, Change list, String key) {
    try {
      ParsedFile parsed = ParsedFile.parse(Source.decode(file));
      return new ReadResult.Values(new Located(parsed, layout).items(list, key));
    } catch (RefusedException e) {
      return e.result();
    }
  }

  private static EditResult edit(ParsedFile file, FileLayout layout, List<Change> changes) {
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
