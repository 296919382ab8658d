// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heal8s.core.api.k8shealer.remediation.FieldPath;
import io.heal8s.core.api.k8shealer.remediation.FieldPath.Index;
import io.heal8s.core.api.k8shealer.remediation.FieldPath.Match;
import io.heal8s.core.api.k8shealer.remediation.FieldPath.Segment;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FieldPathTest {

  record Form(String text, List<Segment> segments, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Form> forms() {
    return Stream.of(
        new Form("spec.replicas", keys("spec", "replicas"), "keys are separated by dots"),
        new Form(
            "spec.containers[name=api].image",
            List.of(
                new FieldPath.Key("spec"),
                new FieldPath.Key("containers"),
                new Match("name", "api"),
                key("image")),
            "an element is found by the value of a key"),
        new Form(
            "a[0][12].b",
            List.of(new FieldPath.Key("a"), new Index(0), new Index(12), new FieldPath.Key("b")),
            "an element is found by its position"),
        new Form(
            "metadata.annotations[\"heal8s.io/x\"]",
            keys("metadata", "annotations", "heal8s.io/x"),
            "a key with dots is quoted"),
        new Form(
            "a[\"back\\\\slash and \\\"quote\\\"\"]",
            keys("a", "back\\slash and \"quote\""),
            "quotes and backslashes in a quoted key are escaped"),
        new Form(
            "env[name=\"we]ird\"].value",
            List.of(
                new FieldPath.Key("env"), new Match("name", "we]ird"), new FieldPath.Key("value")),
            "a value with a bracket is quoted"),
        new Form(
            "a[name=x=y]",
            List.of(new FieldPath.Key("a"), new Match("name", "x=y")),
            "only the first = separates key and value"),
        new Form("[\"a.b\"].c", keys("a.b", "c"), "a path may start with a quoted key"));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void isReadAndWritten(Form form) {
    FieldPath path = FieldPath.parse(form.text());
    assertThat(path.segments()).isEqualTo(form.segments());
    assertThat(path).hasToString(form.text());
  }

  record Bad(String text, String says, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Bad> bad() {
    return Stream.of(
        new Bad("", "expected a key at offset 0", "a path has at least one key"),
        new Bad(".a", "expected a key at offset 0", "a path does not start with a dot"),
        new Bad("a..b", "expected a key at offset 2", "a key is not empty"),
        new Bad("a.", "expected a key at offset 2", "a path does not end with a dot"),
        new Bad("a[0", "expected the ']' of the '[' at offset 1", "a bracket is closed"),
        new Bad("a[-1]", "expected an index", "positions start at 0"),
        new Bad("a[99999999999]", "expected an index", "a position fits into an int"),
        new Bad("a[]", "expected an index", "a bracket is not empty"),
        new Bad("a[=x]", "is no key to find an element by", "a match has a key"),
        new Bad("a[\"x]", "expected a closing quote", "a quote is closed"),
        new Bad("a[\"x\"y]", "expected the ']'", "nothing follows a quoted key"),
        new Bad("a[0]b", "expected '.' or '['", "a dot follows a bracket"),
        new Bad("a]b", "expected '.' or '['", "a bracket was opened before"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void saysWhereATextIsNoPath(Bad example) {
    assertThatThrownBy(() -> FieldPath.parse(example.text()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(example.says());
  }

  @Test
  void hasNoEmptyForm() {
    assertThatThrownBy(() -> new FieldPath(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void everyPathIsReadBackAsItWasWritten(@ForAll("paths") List<Segment> segments) {
    FieldPath path = new FieldPath(segments);
    assertThat(FieldPath.parse(path.toString())).isEqualTo(path);
  }

  @Provide
  Arbitrary<List<Segment>> paths() {
    Arbitrary<String> text =
        Arbitraries.strings().withChars("ab.[]\"\\= /~\n\u00e4").ofMaxLength(6);
    Arbitrary<Segment> key = text.map(FieldPath.Key::new);
    Arbitrary<Segment> index = Arbitraries.integers().between(0, 99_999).map(Index::new);
    Arbitrary<Segment> match =
        Combinators.combine(Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(3), text)
            .as(Match::new);
    return Arbitraries.oneOf(key, index, match).list().ofMinSize(1).ofMaxSize(5);
  }

  private static Segment key(String name) {
    return new FieldPath.Key(name);
  }

  private static List<Segment> keys(String... names) {
    return Stream.of(names).map(FieldPathTest::key).toList();
  }
}
