// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heal8s.operator.fakecluster.YamlText;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveObjectTest {

  private static final LiveObject OBJECT =
      YamlText.object(
          """
          apiVersion: v1
          kind: Thing
          metadata: {name: x, annotations: {a.b/c: "1"}}
          list: [{name: one, v: 1}, {name: two, v: 2}, plain]
          nothing: null
          """);

  record Example(String path, String text, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Example> examples() {
    return Stream.of(
        new Example("metadata.name", "x", "a key of a map"),
        new Example("metadata.annotations[\"a.b/c\"]", "1", "a quoted key"),
        new Example("list[name=two].v", "2", "an element by key"),
        new Example("list[0].v", "1", "an element by position"),
        new Example("list[2]", "plain", "a scalar in a list"),
        new Example("list[7].v", "", "a position behind the end is absent"),
        new Example("list[name=three].v", "", "no such element is absent"),
        new Example("list.name", "", "a key of a list is absent"),
        new Example("metadata[0]", "", "a position in a map is absent"),
        new Example("nothing", "", "null is absent"),
        new Example("nothing.at.all", "", "below null is absent"),
        new Example("list", "", "a list has no text"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isReadByPath(Example example) {
    assertThat(OBJECT.text(example.path())).isEqualTo(example.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "metadata.", ".metadata", "metadata..name", "list[0].", "list["})
  void aTextThatIsNoPathIsABug(String text) {
    assertThatThrownBy(() -> OBJECT.at(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void askingForWhatWasNotReadIsABug() {
    Query.Get query = new Query.Get("v1", "Pod", "shop", "x");
    assertThatThrownBy(() -> Known.NOTHING.one(query))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not read yet");
    assertThat(Known.NOTHING.with(query, List.of()).one(query)).isEmpty();
  }
}
