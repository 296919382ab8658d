// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.observe;

import static io.heal8s.core.observe.Things.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.effect.ObjectKey;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class JoinedStoreTest {

  private final Cache<V1ConfigMap> shop = cache();
  private final Cache<V1ConfigMap> team = cache();
  private final Store<V1ConfigMap> both =
      new JoinedStore<>(Things.TYPE, Map.of("shop", shop, "team", team));

  private static Cache<V1ConfigMap> cache() {
    return new Cache<>(Things.TYPE, Map.of("value", thing -> List.of(Things.value(thing))));
  }

  private static V1ConfigMap in(String namespace, int version, String value) {
    V1ConfigMap thing = thing("a", version, value);
    Objects.requireNonNull(thing.getMetadata()).setNamespace(namespace);
    return thing;
  }

  @Test
  void findsWhatLiesInAnyOfThem() {
    List<ObjectKey> told = new ArrayList<>();
    shop.put(in("shop", 3, "x"), "3");
    both.onChange(change -> told.add(change.key()));
    team.put(in("team", 4, "x"), "4");

    assertThat(both.size()).isEqualTo(2);
    assertThat(both.all()).hasSize(2);
    assertThat(both.byIndex("value", "x")).hasSize(2);
    assertThat(both.inNamespace("team")).hasSize(1);
    assertThat(both.inNamespace("elsewhere")).isEmpty();
    assertThat(both.get(new ObjectKey("shop", "a"))).isPresent();
    assertThat(both.get(new ObjectKey("elsewhere", "a"))).isEmpty();
    assertThat(told).containsExactly(new ObjectKey("shop", "a"), new ObjectKey("team", "a"));
  }

  @Test
  void isOnlyAsNewAsItsOldestPart() {
    shop.seen("9");
    assertThat(both.resourceVersion()).as("because team was never listed").isEmpty();

    team.seen("10");
    assertThat(both.resourceVersion()).as("because 9 is older than 10").isEqualTo("9");
  }
}
