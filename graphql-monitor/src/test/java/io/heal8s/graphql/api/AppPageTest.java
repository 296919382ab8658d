// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AppPageTest {

  static TargetApp app(String namespace, String name) {
    V1ObjectMeta metadata = new V1ObjectMeta().namespace(namespace).name(name).uid(name + "-uid");
    return new TargetApp(null, null, metadata, null, null);
  }

  private static List<String> names(List<TargetApp> apps) {
    return apps.stream()
        .map(app -> app.getMetadata().getNamespace() + "/" + app.getMetadata().getName())
        .toList();
  }

  /** Whatever the order in the cache and the size of a page, each is told once, in order. */
  @Property(tries = 200)
  void pagesTellEachOnce(
      @ForAll @IntRange(min = 0, max = 40) int count,
      @ForAll @IntRange(min = 1, max = 50) int size,
      @ForAll long seed) {
    List<TargetApp> apps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      apps.add(app("team-" + i % 3, "app-" + i));
    }
    Collections.shuffle(apps, new Random(seed));
    List<String> told = new ArrayList<>();
    AppPage page = AppPage.of(apps, size, null);
    told.addAll(names(page.apps()));
    while (page.hasNextPage()) {
      assertThat(page.total()).isEqualTo(count);
      page = AppPage.of(apps, size, page.endCursor());
      told.addAll(names(page.apps()));
    }
    assertThat(told).isEqualTo(names(apps).stream().sorted().toList());
  }

  @Test
  void oneThatWentIsMissedByNobody() {
    List<TargetApp> apps = List.of(app("a", "1"), app("a", "2"), app("a", "3"));
    String cursor = AppPage.of(apps, 2, null).endCursor();
    List<TargetApp> later = List.of(app("a", "0"), app("a", "1"), app("a", "3"));
    assertThat(names(AppPage.of(later, 2, cursor).apps())).containsExactly("a/3");
  }

  @Test
  void aCursorOfSomebodyElseIsRefused() {
    assertThatThrownBy(() -> AppPage.of(List.of(), 2, "%%%")).hasMessageContaining("leave it out");
    assertThatThrownBy(() -> AppPage.of(List.of(), 2, "YWJj")).hasMessageContaining("leave it out");
  }
}
