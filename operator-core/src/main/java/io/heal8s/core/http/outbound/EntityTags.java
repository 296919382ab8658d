// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.outbound;

import io.heal8s.core.http.outbound.OutboundResult.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answers that came with an entity tag, the least recently used ones given up first: who asks again
 * with the tag is answered 304 where nothing changed, which some servers do not count.
 */
public final class EntityTags {

  private static final int LARGEST = 2 << 20;
  private static final int OVERHEAD = 1024;

  private final int mostBytes;
  private final Map<String, Tagged> byAddress = new LinkedHashMap<>(64, 0.75f, true);
  private int bytes;

  /**
   * An answer and its tag.
   *
   * @param tag for {@code If-None-Match}
   * @param response what a 304 stands for
   */
  public record Tagged(String tag, Response response) {
    private int size() {
      return response.body().length() + OVERHEAD;
    }
  }

  /**
   * Keeps nothing yet.
   *
   * @param mostBytes memory for all bodies together; one over 2 MiB is never kept
   */
  public EntityTags(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** What was answered there last; empty for nothing that is kept. */
  public synchronized Optional<Tagged> of(String address) {
    return Optional.ofNullable(byAddress.get(address));
  }

  /** Keeps an answer in the place of an earlier one; one without a tag only ends that. */
  public synchronized void keep(String address, Response response) {
    forget(address);
    Optional<String> tag = response.header("ETag");
    if (tag.isEmpty() || response.body().length() > LARGEST) {
      return;
    }
    Tagged made = new Tagged(tag.get(), response);
    byAddress.put(address, made);
    bytes += made.size();
    while (bytes > mostBytes) {
      forget(byAddress.keySet().iterator().next());
    }
  }

  private void forget(String address) {
    Tagged gone = byAddress.remove(address);
    bytes -= gone == null ? 0 : gone.size();
  }
}
