// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Change.ValueType;
import io.heal8s.core.api.k8shealer.remediation.ValueMapping;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ManifestEditorTest {

  private static final FileLayout API =
      new FileLayout.Manifest(new DocumentIdentity("apps/v1", "Deployment", "shop", "api"));

  private static final String TWO_OBJECTS =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: api}
      spec:
        paused: ~
        template:
          spec:
            containers:
              - name: api
                image: "a:1"
              - image: b:1
      ---
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: api}
      spec: {maxReplicas: 3}
      """;

  private final ManifestEditor editor = new ManifestEditor();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Change change(String path, @Nullable String before, @Nullable String after) {
    return Change.of(path, before, after, ValueType.string);
  }

  @Test
  void readsWhatChangesPointAt() {
    Change image = change("spec.template.spec.containers[name=api].image", null, null);
    Change absent = change("spec.template.spec.nodeName", null, null);
    Change none = change("spec.paused", null, null);
    Change other =
        new Change(
            "spec.maxReplicas",
            "3",
            "5",
            ValueType.integer,
            "autoscaling/v2",
            "HorizontalPodAutoscaler",
            "api");

    assertThat(editor.read(bytes(TWO_OBJECTS), API, List.of(image, absent, none, other)))
        .isEqualTo(
            new ReadResult.Values(
                List.of(
                    new FieldValue(image, "a:1", 10),
                    new FieldValue(absent, null, 8),
                    new FieldValue(none, null, 5),
                    new FieldValue(other, "3", 16))));
  }

  @Test
  void readsTheNamesOfContainers() {
    Change list = change("spec.template.spec.containers", null, null);

    assertThat(editor.open(bytes(TWO_OBJECTS), API).readItems(list, "name"))
        .isEqualTo(
            new ReadResult.Values(
                List.of(new FieldValue(list, "api", 9), new FieldValue(list, null, 11))));
    assertThat(
            editor
                .open(bytes(TWO_OBJECTS), API)
                .readItems(change("spec.template.spec.volumes", null, null), "name"))
        .isInstanceOfSatisfying(
            EditResult.Refused.class,
            r -> assertThat(r.refusal()).isEqualTo(Refusal.NO_SUCH_FIELD));
  }

  @Test
  void readsThroughAValueMapping() {
    FileLayout values =
        new FileLayout.ValuesFile(List.of(new ValueMapping("spec.replicas", "web.count")));
    Change replicas = Change.of("spec.replicas", null, null, ValueType.integer);

    assertThat(editor.read(bytes("web: {count: 3}\n"), values, List.of(replicas)))
        .isEqualTo(new ReadResult.Values(List.of(new FieldValue(replicas, "3", 1))));
  }

  @Test
  void changesOfTwoObjectsOfOneFileDoNotMix() {
    Change own = change("spec.template.spec.containers[name=api].image", "a:1", "a:2");
    Change other =
        new Change(
            "spec.maxReplicas",
            "3",
            "5",
            ValueType.integer,
            "autoscaling/v2",
            "HorizontalPodAutoscaler",
            "api");

    EditResult result = editor.edit(bytes(TWO_OBJECTS), API, List.of(own, other));

    assertThat(result)
        .isInstanceOfSatisfying(
            EditResult.Edited.class,
            e ->
                assertThat(e.text())
                    .isEqualTo(TWO_OBJECTS.replace("a:1", "a:2").replace(": 3}", ": 5}")));
  }

  @Test
  void aListItemIsNeverAdded() {
    Change change = change("spec.template.spec.volumes[name=x].emptyDir.sizeLimit", null, "1Gi");

    assertThat(editor.edit(bytes(TWO_OBJECTS), API, List.of(change)))
        .isEqualTo(
            new EditResult.Refused(
                Refusal.NO_SUCH_FIELD, 8, "`volumes` is not here, so it has no item to change"));
  }

  @Test
  void halfACharacterIsRefused() {
    Change change = change("metadata.labels.x", null, "\uD83D");

    assertThat(editor.edit(bytes(TWO_OBJECTS), API, List.of(change)))
        .isInstanceOfSatisfying(
            EditResult.Refused.class, r -> assertThat(r.refusal()).isEqualTo(Refusal.BAD_CHANGE));
  }

  @Test
  void aValueThatHoldsItselfCannotBeSeparated() {
    String file = TWO_OBJECTS.replace("spec:\n  paused", "spec: &s\n  again: *s\n  paused");
    Change image = change("spec.template.spec.containers[name=api].image", "a:1", "a:2");

    assertThat(editor.edit(bytes(file), API, List.of(image)))
        .isInstanceOfSatisfying(
            EditResult.Refused.class,
            r -> {
              assertThat(r.refusal()).isEqualTo(Refusal.SHARED);
              assertThat(r.line()).isEqualTo(5);
            });
  }

  @Test
  void anyTextCanBeWrittenAndReadBack() {
    for (String text :
        List.of(
            "", " ", "a\nb", "\t", "\u0085", "\u2028", "\uFEFF", "\u0001", "'", "\"", "\\", "---",
            "{a}", "a: b", "a #b", "x,", "%", "@", "`", "!x", "&x", "*x", "? x", "- x", "😀",
            "é")) {
      Change change = change("metadata.labels.x", null, text);

      EditResult result = editor.edit(bytes(TWO_OBJECTS), API, List.of(change));

      assertThat(result).as("<%s>", text).isInstanceOf(EditResult.Edited.class);
      assertThat(editor.read(((EditResult.Edited) result).bytes(), API, List.of(change)))
          .isEqualTo(new ReadResult.Values(List.of(new FieldValue(change, text, 3))));
    }
  }
}
