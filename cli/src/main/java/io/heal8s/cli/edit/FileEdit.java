// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.edit;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Change.ValueType;
import io.heal8s.core.api.k8shealer.remediation.FieldPath;
import io.heal8s.pr.manifest.EditResult;
import io.heal8s.pr.manifest.FieldValue;
import io.heal8s.pr.manifest.ManifestEditor;
import io.heal8s.pr.manifest.OpenedFile;
import io.heal8s.pr.manifest.Quantity;
import io.heal8s.pr.manifest.ReadResult;
import io.heal8s.pr.manifest.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Works out the changes of one file from what it holds, and has them made. The file is parsed once.
 */
final class FileEdit {

  private final ManifestEditor editor = new ManifestEditor();
  private final EditRequest request;

  FileEdit(EditRequest request) {
    this.request = request;
  }

  EditResult edit(byte[] bytes) {
    if (bytes.length > ManifestFiles.MOST_BYTES) {
      return new EditResult.Refused(
          Refusal.UNREADABLE,
          1,
          "larger than " + (ManifestFiles.MOST_BYTES >> 20) + " MiB; split the file");
    }
    OpenedFile file = editor.open(bytes, request.layout());
    try {
      List<Change> changes = new ArrayList<>();
      if (request.isAboutContainer()) {
        String container = containerPath(file);
        changes.addAll(memory(file, container));
        changes.addAll(image(file, container));
      }
      changes.addAll(replicas(file));
      return file.edit(changes);
    } catch (NotEditable e) {
      return e.refused;
    }
  }

  private String containerPath(OpenedFile file) {
    String list = request.kind().podSpec() + ".containers";
    List<FieldValue> containers = values(file.readItems(probe(list), "name"));
    String wanted = request.container();
    if (wanted == null && containers.size() != 1) {
      String names =
          containers.stream()
              .map(c -> Objects.requireNonNullElse(c.value(), "one without name"))
              .collect(Collectors.joining(", "));
      throw new NotEditable(
          Refusal.AMBIGUOUS,
          containers.isEmpty() ? 1 : containers.getFirst().line(),
          containers.isEmpty()
              ? request.target() + " has no container in this file"
              : "there are "
                  + containers.size()
                  + " containers, name one with --container: "
                  + names);
    }
    if (wanted == null) {
      return list + "[0]";
    }
    List<FieldPath.Segment> path = new ArrayList<>(FieldPath.parse(list).segments());
    path.add(new FieldPath.Match("name", wanted));
    return new FieldPath(path).toString();
  }

  private List<Change> memory(OpenedFile file, String container) {
    String wanted = request.memory();
    if (wanted == null) {
      return List.of();
    }
    String limitPath = container + ".resources.limits.memory";
    String requestPath = container + ".resources.requests.memory";
    List<FieldValue> held = values(file.read(List.of(probe(limitPath), probe(requestPath))));
    String limit = held.getFirst().value();
    String requested = held.getLast().value();
    Change change = Change.of(limitPath, limit, wanted, ValueType.string);
    if (requested == null) {
      return List.of(change);
    }
    if (limit != null && Quantity.same(limit, requested)) {
      return List.of(change, Change.of(requestPath, requested, wanted, ValueType.string));
    }
    Optional<Quantity> amount = Quantity.parse(requested);
    if (amount.isPresent() && amount.get().compareTo(quantity(wanted)) > 0) {
      throw new NotEditable(
          Refusal.BAD_CHANGE,
          held.getLast().line(),
          "the request of "
              + requested
              + " would exceed the limit of "
              + wanted
              + "; lower the request first or choose a higher limit");
    }
    return List.of(change);
  }

  private static Quantity quantity(String text) {
    return Quantity.parse(text)
        .orElseThrow(() -> new IllegalArgumentException("checked with the options: " + text));
  }

  private List<Change> image(OpenedFile file, String container) {
    String wanted = request.image();
    if (wanted == null) {
      return List.of();
    }
    String path = container + ".image";
    return List.of(Change.of(path, value(file, path), wanted, ValueType.string));
  }

  private List<Change> replicas(OpenedFile file) {
    Integer wanted = request.replicas();
    if (wanted == null) {
      return List.of();
    }
    String path = "spec.replicas";
    return List.of(Change.of(path, value(file, path), wanted.toString(), ValueType.integer));
  }

  private @Nullable String value(OpenedFile file, String path) {
    return values(file.read(List.of(probe(path)))).getFirst().value();
  }

  private static Change probe(String path) {
    return Change.of(path, null, null, ValueType.string);
  }

  private static List<FieldValue> values(ReadResult result) {
    return switch (result) {
      case ReadResult.Values(List<FieldValue> values) -> values;
      case EditResult.Refused refused -> throw new NotEditable(refused);
    };
  }

  /** Ends the work on a file that is refused before the editor is asked to change it. */
  private static final class NotEditable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient EditResult.Refused refused;

    NotEditable(EditResult.Refused refused) {
      super(refused.reason(), null, false, false);
      this.refused = refused;
    }

    NotEditable(Refusal refusal, int line, String reason) {
      this(new EditResult.Refused(refusal, line, reason));
    }
  }
}
