// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.notify;

import static io.heal8s.resource.model.EventType.DELETED;
import static io.heal8s.resource.model.EventType.FAILED;
import static io.heal8s.resource.model.EventType.RECONCILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.model.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NewsTest {

  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  private static Happening event(EventType type, String message, @Nullable String told) {
    return event(1, type, message, told);
  }

  private static Happening event(
      long resource, EventType type, String message, @Nullable String told) {
    return new Happening(type, resource, "r-" + resource, "T", "v1", message, NOW, told);
  }

  static Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of(
            "a first failure is told",
            List.of(event(FAILED, "no disk", null)),
            List.of("T/v1 r-1 failed: no disk"),
            Map.of(1L, Optional.of("no disk"))),
        Arguments.of(
            "a retry that fails the same way is no news",
            List.of(event(FAILED, "no disk", "no disk")),
            List.of(),
            Map.of()),
        Arguments.of(
            "nor is it in the same batch",
            List.of(event(FAILED, "no disk", null), event(FAILED, "no disk", null)),
            List.of("T/v1 r-1 failed: no disk"),
            Map.of(1L, Optional.of("no disk"))),
        Arguments.of(
            "another number is no other reason",
            List.of(event(FAILED, "run 9001 failed", "run # failed")),
            List.of(),
            Map.of()),
        Arguments.of(
            "another reason is news",
            List.of(event(FAILED, "no rights", "no disk")),
            List.of("T/v1 r-1 failed: no rights"),
            Map.of(1L, Optional.of("no rights"))),
        Arguments.of(
            "who failed and is well again is told, and forgotten",
            List.of(event(RECONCILED, "Reconciliation successful", "no disk")),
            List.of("T/v1 r-1 is ready again"),
            Map.of(1L, Optional.empty())),
        Arguments.of(
            "who was well before is nothing to tell",
            List.of(event(RECONCILED, "Reconciliation successful", null)),
            List.of(),
            Map.of()),
        Arguments.of(
            "who is gone is forgotten without a word",
            List.of(event(DELETED, "", "no disk")),
            List.of(),
            Map.of(1L, Optional.empty())),
        Arguments.of(
            "a failure after a recovery of the same batch is told again",
            List.of(
                event(FAILED, "no disk", null),
                event(RECONCILED, "", null),
                event(FAILED, "no disk", null)),
            List.of(
                "T/v1 r-1 failed: no disk", "T/v1 r-1 is ready again", "T/v1 r-1 failed: no disk"),
            Map.of(1L, Optional.of("no disk"))),
        Arguments.of(
            "resources do not speak for each other",
            List.of(event(1, FAILED, "no disk", null), event(2, FAILED, "no disk", null)),
            List.of("T/v1 r-1 failed: no disk", "T/v1 r-2 failed: no disk"),
            Map.of(1L, Optional.of("no disk"), 2L, Optional.of("no disk"))),
        Arguments.of(
            "only the first line of a long reason is shown",
            List.of(event(FAILED, "no disk\nsecond line", null)),
            List.of("T/v1 r-1 failed: no disk"),
            Map.of(1L, Optional.of("no disk\nsecond line"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void whatIsNews(
      String because,
      List<Happening> events,
      List<String> lines,
      Map<Long, Optional<String>> marks) {
    News news = News.in(events);
    assertThat(news.notices()).as(because).extracting(Notice::line).isEqualTo(lines);
    assertThat(news.marks()).as(because).isEqualTo(marks);
  }
}
