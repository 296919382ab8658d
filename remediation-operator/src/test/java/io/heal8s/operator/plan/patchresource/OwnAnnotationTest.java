// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.patchresource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.heal8s.operator.intent.ObjectPatchRequest;
import io.heal8s.operator.intent.ObjectPatchRequest.Kind;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnAnnotationTest {

  private static Optional<String> written(Kind kind, String data) {
    JsonElement parsed = JsonParser.parseString(data);
    return OwnAnnotation.writtenBy(new ObjectPatchRequest(kind, parsed));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{op: add, path: '/metadata/annotations', value: {a: b}}",
        "{op: remove, path: '/metadata/annotations'}",
        "{op: replace, path: '/metadata', value: {}}",
        "{op: replace, path: '', value: {}}",
        "{op: remove, path: '/metadata/annotations/heal8s.io~1patch-key'}",
        "{op: copy, from: '/metadata/labels', path: '/metadata/annotations'}",
        "{op: move, from: '/metadata/annotations', path: '/metadata/labels'}",
        "{op: move, from: '/metadata/annotations/heal8s.io~1patch-key', path: '/metadata/labels/a'}",
        "{op: remove, path: 'x/metadata/annotations'}"
      })
  void aStepThatWritesOverItIsSeen(String step) {
    assertThat(written(Kind.Json, "[{op: add, path: '/spec/a', value: 1}, " + step + "]"))
        .hasValueSatisfying(
            why -> assertThat(why).startsWith("patchData writes ").contains("heal8s.io/patch-key"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{op: add, path: '/metadata/annotations/a~1b', value: c}",
        "{op: remove, path: '/metadata/annotations/heal8s.io~1patch-key2'}",
        "{op: add, path: '/spec/template/metadata/annotations', value: {a: b}}",
        "{op: test, path: '/metadata/annotations', value: {a: b}}",
        "{op: copy, from: '/metadata/annotations', path: '/metadata/labels'}",
        "{op: add, path: '/metadata/labels', value: {a: b}}"
      })
  void otherStepsAreFree(String step) {
    assertThat(written(Kind.Json, "[" + step + "]")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{metadata: {annotations: null}}",
        "{metadata: null}",
        "{metadata: {annotations: {'heal8s.io/patch-key': x}}}",
        "{metadata: {annotations: {$patch: replace, a: b}}}",
        "{$patch: replace, spec: {}}"
      })
  void aMapThatIsReplacedIsSeen(String data) {
    assertThat(written(Kind.Strategic, data)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{metadata: {annotations: {a: null}}}",
        "{metadata: {labels: null}}",
        "{metadata: {'$deleteFromPrimitiveList/finalizers': [a]}}",
        "{spec: {template: {metadata: {annotations: null}}}}",
        "{spec: {strategy: {$retainKeys: [type], type: Recreate}}}"
      })
  void otherMapsAreFree(String data) {
    assertThat(written(Kind.Strategic, data)).isEmpty();
    assertThat(written(Kind.Merge, data)).isEmpty();
  }
}
