// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.notify;

import io.heal8s.resource.model.EventType;
import io.heal8s.resource.notify.Notice.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What of a batch of events is news. A failure is told once: not at every retry, but again when its
 * reason is another. The number of a run or of seconds makes no other reason.
 *
 * @param notices to be told, in order
 * @param marks what people know of each resource then; empty for one that is well or gone
 */
public record News(List<Notice> notices, Map<Long, Optional<String>> marks) {

  public News {
    notices = List.copyOf(notices);
    marks = Map.copyOf(marks);
  }

  /** Finds it. */
  public static News in(List<Happening> events) {
    List<Notice> notices = new ArrayList<>();
    Map<Long, Optional<String>> known = new LinkedHashMap<>();
    Map<Long, Optional<String>> changed = new LinkedHashMap<>();
    for (Happening event : events) {
      Optional<String> told =
          known.computeIfAbsent(event.resourceId(), id -> Optional.ofNullable(event.told()));
      Optional<String> now =
          switch (event.type()) {
            case FAILED -> Optional.of(event.message().replaceAll("\\d+", "#"));
            case RECONCILED, DELETED -> Optional.empty();
            case CREATED, MODIFIED -> told;
          };
      if (Objects.equals(told, now)) {
        continue;
      }
      known.put(event.resourceId(), now);
      changed.put(event.resourceId(), now);
      if (now.isPresent()) {
        notices.add(notice(Kind.FAILED, event));
      } else if (event.type() == EventType.RECONCILED) {
        notices.add(notice(Kind.RECOVERED, event));
      }
    }
    return new News(notices, changed);
  }

  private static Notice notice(Kind kind, Happening event) {
    return new Notice(
        kind,
        event.resourceId(),
        event.name(),
        event.typeName(),
        event.typeVersion(),
        event.message(),
        event.at());
  }
}
