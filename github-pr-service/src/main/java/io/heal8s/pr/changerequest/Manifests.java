// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.MergedValue;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.api.k8shealer.remediation.ValueMapping;
import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.pr.intent.FileContent;
import io.heal8s.pr.manifest.DocumentIdentity;
import io.heal8s.pr.manifest.EditResult;
import io.heal8s.pr.manifest.FieldValue;
import io.heal8s.pr.manifest.FileLayout;
import io.heal8s.pr.manifest.ManifestEditor;
import io.heal8s.pr.manifest.Quantity;
import io.heal8s.pr.manifest.ReadResult;
import io.heal8s.pr.manifest.Refusal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Plans and the files that hold their values: edits and readings in the words of this feature. */
public final class Manifests {

  private final ManifestEditor editor = new ManifestEditor();

  /**
   * What is looked for in a file.
   *
   * @param target the object that the changes are about
   * @param changes values wanted
   * @param values where the file keeps them when it is no manifest; empty for manifests
   */
  record Wanted(ResolvedTarget target, List<Change> changes, List<ValueMapping> values) {

    Wanted {
      changes = List.copyOf(changes);
      values = List.copyOf(values);
    }

    FileLayout layout() {
      return values.isEmpty()
          ? new FileLayout.Manifest(
              new DocumentIdentity(
                  target.apiVersion(), target.kind(), target.namespace(), target.name()))
          : new FileLayout.ValuesFile(values);
    }
  }

  /** Makes the changes, or says why not. */
  EditOutcome edit(FileContent file, Wanted wanted) {
    return switch (editor.edit(file.bytes(), wanted.layout(), wanted.changes())) {
      case EditResult.Edited edited ->
          new EditOutcome.Edited(
              FileContent.of(edited.bytes()),
              edited.edits().stream()
                  .map(e -> new EditOutcome.Row(e.change().path(), e.before(), e.after()))
                  .toList());
      case EditResult.AlreadyHolds(var values) -> new EditOutcome.Holds(merged(values));
      case EditResult.Refused(Refusal refusal, int line, String reason) ->
          new EditOutcome.Refused(reason(refusal), line, reason);
    };
  }

  /** What the file holds at the paths, in their order; null when it does not hold the object. */
  @Nullable List<MergedValue> read(FileContent file, Wanted wanted) {
    return switch (editor.read(file.bytes(), wanted.layout(), wanted.changes())) {
      case ReadResult.Values(var values) -> merged(values);
      case EditResult.Refused _ -> null;
    };
  }

  /** Whether two texts mean the same value: quantities by amount; null is an absent field. */
  boolean same(@Nullable String one, @Nullable String other) {
    if (one == null || other == null || one.equals(other)) {
      return Objects.equals(one, other);
    }
    return Quantity.same(one, other);
  }

  private static List<MergedValue> merged(List<FieldValue> values) {
    return values.stream()
        .map(
            v ->
                new MergedValue(v.change().path(), v.value(), v.change().kind(), v.change().name()))
        .toList();
  }

  private static PullRequestReason reason(Refusal refusal) {
    return switch (refusal) {
      case NO_SUCH_OBJECT, NO_SUCH_FIELD -> PullRequestReason.ObjectNotFound;
      case CHANGED_SINCE -> PullRequestReason.ManifestDiffers;
      case UNREADABLE, TEMPLATE, PLACEHOLDER, AMBIGUOUS, BAD_CHANGE, SHARED, NOT_VERIFIED ->
          PullRequestReason.ManifestRefused;
    };
  }
}
