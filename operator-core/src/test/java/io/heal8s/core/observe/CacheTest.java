// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.observe;

import static io.heal8s.core.observe.Things.key;
import static io.heal8s.core.observe.Things.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kubernetes.client.openapi.models.V1ConfigMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CacheTest {

  private final Cache<V1ConfigMap> cache = newCache();
  private final List<String> told = new ArrayList<>();

  private static Cache<V1ConfigMap> newCache() {
    return new Cache<>(Things.TYPE, Map.of("value", thing -> List.of(Things.value(thing))));
  }

  private void listen() {
    cache.onChange(
        change ->
            told.add(
                change.key().name()
                    + ":"
                    + describe(change.before())
                    + "->"
                    + describe(change.after())
                    + (change.listed() ? " listed" : "")));
  }

  private static String describe(@Nullable V1ConfigMap thing) {
    return thing == null ? "none" : Things.value(thing);
  }

  @Test
  void listReplacesWhatWasKnownAndTellsTheDifference() {
    listen();
    cache.replace(List.of(thing("a", 1, "x"), thing("b", 2, "x")), Set.of(), "10");
    cache.replace(List.of(thing("b", 2, "x"), thing("c", 11, "y")), Set.of(), "12");

    assertThat(cache.all()).extracting(Things::value).containsExactlyInAnyOrder("x", "y");
    assertThat(cache.resourceVersion()).isEqualTo("12");
    assertThat(told)
        .as("because b did not change")
        .containsExactlyInAnyOrder(
            "a:none->x listed", "b:none->x listed", "a:x->none listed", "c:none->y listed");
  }

  @Test
  void objectThatCannotBeReadAnyMoreKeepsItsLastKnownVersion() {
    cache.replace(List.of(thing("a", 1, "x")), Set.of(), "10");
    cache.replace(List.of(), Set.of(key("a")), "12");

    assertThat(cache.get(key("a"))).map(Things::value).contains("x");
  }

  @Test
  void listenerThatComesLaterHearsWhatIsKnown() {
    cache.put(thing("a", 1, "x"), "1");
    listen();
    cache.put(thing("a", 2, "y"), "2");
    cache.remove(key("a"), "3");
    cache.remove(key("a"), "4");

    assertThat(told).containsExactly("a:none->x listed", "a:x->y", "a:y->none");
  }

  @Test
  void listenerWithABugHurtsNoOther() {
    cache.onChange(
        change -> {
          throw new IllegalStateException("a bug");
        });
    listen();
    cache.put(thing("a", 1, "x"), "1");

    assertThat(told).containsExactly("a:none->x");
  }

  @Test
  void namespacesAreAnIndexToo() {
    cache.put(thing("a", 1, "x"), "1");

    assertThat(cache.inNamespace("ns")).hasSize(1);
    assertThat(cache.inNamespace("other")).isEmpty();
  }

  @Test
  void indexThatWasNotDeclaredIsABug() {
    assertThatIllegalArgumentException().isThrownBy(() -> cache.byIndex("no", "x"));
  }

  /** Whatever happens, an index finds exactly the objects that hold its value. */
  @Property(tries = 200)
  void indexAgreesWithTheObjects(@ForAll @Size(max = 60) List<@IntRange(max = 44) Integer> steps) {
    Cache<V1ConfigMap> any = newCache();
    Map<String, String> model = new HashMap<>();
    int version = 1;
    for (int step : steps) {
      String name = "o" + step % 5;
      String value = "v" + step / 5 % 3;
      version++;
      if (step < 15) {
        any.put(thing(name, version, value), "" + version);
        model.put(name, value);
      } else if (step < 30) {
        any.remove(key(name), "" + version);
        model.remove(name);
      } else {
        any.replace(List.of(thing(name, version, value)), Set.of(), "" + version);
        model.clear();
        model.put(name, value);
      }
    }
    Set<String> values = new HashSet<>(model.values());
    values.addAll(List.of("v0", "v1", "v2"));
    for (String value : values) {
      assertThat(any.byIndex("value", value))
          .extracting(thing -> Things.TYPE.keyOf(thing).name())
          .containsExactlyInAnyOrderElementsOf(
              model.entrySet().stream()
                  .filter(entry -> entry.getValue().equals(value))
                  .map(Map.Entry::getKey)
                  .toList());
    }
  }
}
