// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.github;

import io.heal8s.core.http.outbound.OutboundResult.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answers that came with an entity tag, the least recently used ones given up first. GitHub does
 * not count a request that it answers with 304.
 */
final class EntityTags {

  private static final int MOST_BYTES = 16 << 20;
  private static final int LARGEST = 2 << 20;
  private static final int OVERHEAD = 1024;

  /** An answer and its tag. */
  record Tagged(String tag, Response response) {
    private int size() {
      return response.body().length() + OVERHEAD;
    }
  }

  private final Map<String, Tagged> byAddress = new LinkedHashMap<>(64, 0.75f, true);
  private int bytes;

  synchronized Optional<Tagged> of(String address) {
    return Optional.ofNullable(byAddress.get(address));
  }

  synchronized void keep(String address, Response response) {
    Optional<String> tag = response.header("ETag");
    if (tag.isEmpty() || response.body().length() > LARGEST) {
      forget(address);
      return;
    }
    Tagged made = new Tagged(tag.get(), response);
    forget(address);
    byAddress.put(address, made);
    bytes += made.size();
    while (bytes > MOST_BYTES) {
      forget(byAddress.keySet().iterator().next());
    }
  }

  private void forget(String address) {
    Tagged gone = byAddress.remove(address);
    bytes -= gone == null ? 0 : gone.size();
  }
}
