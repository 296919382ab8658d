// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What must hold of any two states. */
class ChangePropertiesTest {

  private static final int DEPTH = 2;

  @Provide
  Arbitrary<JsonObject> states() {
    return objects(values(DEPTH));
  }

  private static Arbitrary<JsonElement> values(int depth) {
    Arbitrary<JsonElement> scalars =
        Arbitraries.oneOf(
            Arbitraries.of("", "a", "1", "true", "é", "a.b").map(JsonPrimitive::new),
            Arbitraries.of(true, false).map(JsonPrimitive::new),
            Arbitraries.of(0, 1, 2, -1).map(JsonPrimitive::new),
            Arbitraries.of(0.0, 1.0, 1.5, 1e22).map(JsonPrimitive::new),
            Arbitraries.just(JsonNull.INSTANCE));
    return depth == 0
        ? scalars
        : Arbitraries.oneOf(
            scalars,
            objects(values(depth - 1)).map(object -> object),
            values(depth - 1).list().ofMaxSize(2).map(ChangePropertiesTest::array));
  }

  private static Arbitrary<JsonObject> objects(Arbitrary<JsonElement> values) {
    Arbitrary<String> keys = Arbitraries.of("a", "b", "a.b", "", "b[0]", "q\"", "\\", "health");
    return Arbitraries.maps(keys, values).ofMaxSize(3).map(ChangePropertiesTest::object);
  }

  private static JsonObject object(Map<String, JsonElement> entries) {
    JsonObject object = new JsonObject();
    entries.forEach(object::add);
    return object;
  }

  private static JsonArray array(List<JsonElement> elements) {
    JsonArray array = new JsonArray();
    elements.forEach(array::add);
    return array;
  }

  @Property
  void nothingChangedExactlyIfTheStatesAreTheSameValue(
      @ForAll("states") JsonObject one, @ForAll("states") JsonObject other) {
    assertThat(StateDiff.between(one, other).isEmpty()).isEqualTo(Equality.same(one, other));
  }

  @Property
  void valuesAreTheSameExactlyIfTheirDigestsAre(
      @ForAll("states") JsonObject one, @ForAll("states") JsonObject other) {
    assertThat(StateDigest.ofValue(one).equals(StateDigest.ofValue(other)))
        .isEqualTo(Equality.same(one, other));
  }

  @Property
  void everyChangedPathLeadsToItsValues(
      @ForAll("states") JsonObject one, @ForAll("states") JsonObject other) {
    for (FieldChange change : StateDiff.between(one, other)) {
      StatePath path = StatePath.parse(change.path());
      assertThat(path.steps().getLast()).as(change.path()).isInstanceOf(StatePath.Step.Key.class);
      assertSame(path.read(one), change.before());
      assertSame(path.read(other), change.after());
    }
  }

  private static void assertSame(@Nullable JsonElement read, @Nullable JsonElement changed) {
    assertThat(Equality.sameOrAbsent(read, changed)).isTrue();
  }

  @Property
  void changesAreTheSameBothWays(
      @ForAll("states") JsonObject one, @ForAll("states") JsonObject other) {
    assertThat(StateDiff.between(one, other).stream().map(FieldChange::path))
        .isEqualTo(StateDiff.between(other, one).stream().map(FieldChange::path).toList())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Property
  void whatIsReadAgainIsTheSame(@ForAll("states") JsonObject state) {
    JsonElement again = JsonParser.parseString(StateDigest.canonicalJson(state));

    assertThat(StateDigest.ofState(again)).isEqualTo(StateDigest.ofState(state));
    assertThat(FreeValue.json(FreeValue.plain(state))).isEqualTo(state);
  }

  @Example
  void theDigestIsThatOfPython() {
    // python3: sha256(json.dumps(v, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    JsonElement state =
        JsonParser.parseString(
            "{\"b\":[1,2.5,null,true],\"a\":{\"ä\":\"\\u007f\\n\\\"\",\"z\":1e16},\"c\":-0.0}");

    assertThat(StateDigest.canonicalJson(state))
        .isEqualTo(
            "{\"a\":{\"z\":1e+16,\"\\u00e4\":\"\\u007f\\n\\\"\"},"
                + "\"b\":[1,2.5,null,true],\"c\":-0.0}");
    assertThat(StateDigest.ofState(state))
        .isEqualTo("9041fff54215b93c972c5398746d629e8d523f36bcd6a55111fc9b03c84f801c");
  }
}
