// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.api;

import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.effect.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * One page of objects in order of namespace and name. A cursor says after which object it goes on,
 * so that objects that come and go between two pages neither double nor hide another one.
 *
 * @param apps the objects of the page
 * @param hasNextPage whether more follow
 * @param total how many there are on all pages
 */
record AppPage(List<TargetApp> apps, boolean hasNextPage, int total) {

  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::namespace).thenComparing(ObjectKey::name);

  /**
   * Chooses a page; never sorts more than a page.
   *
   * @param all in any order
   * @param first how many, at least 1
   * @param after cursor of the page before, null for the first page
   * @throws RefusedException when the cursor is none of ours
   */
  static AppPage of(Iterable<TargetApp> all, int first, @Nullable String after) {
    ObjectKey begin = after == null ? null : keyOf(after);
    PriorityQueue<TargetApp> smallest =
        new PriorityQueue<>(Comparator.comparing(AppPage::key, ORDER.reversed()));
    int total = 0;
    for (TargetApp app : all) {
      total++;
      if (begin == null || ORDER.compare(key(app), begin) > 0) {
        smallest.add(app);
        if (smallest.size() > first + 1) {
          smallest.poll();
        }
      }
    }
    boolean more = smallest.size() > first;
    if (more) {
      smallest.poll();
    }
    List<TargetApp> page =
        smallest.stream().sorted(Comparator.comparing(AppPage::key, ORDER)).toList();
    return new AppPage(page, more, total);
  }

  /** Where the next page goes on; null on an empty page. */
  @Nullable String endCursor() {
    if (apps.isEmpty()) {
      return null;
    }
    byte[] text = key(apps.getLast()).toString().getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  private static ObjectKey key(TargetApp app) {
    return ObjectKey.of(app.getMetadata());
  }

  private static ObjectKey keyOf(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      int slash = text.indexOf('/');
      if (slash > 0) {
        return new ObjectKey(text.substring(0, slash), text.substring(slash + 1));
      }
    } catch (IllegalArgumentException notOurs) {
      // Said below, in the same words.
    }
    throw RefusedException.wrong(
        "after is no endCursor of a page: leave it out for the first page");
  }
}
