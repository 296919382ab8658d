// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.polling;

import io.heal8s.core.http.outbound.OutboundHttpClient;
import io.heal8s.core.http.outbound.OutboundRequest;
import io.heal8s.core.http.outbound.OutboundResult;
import io.heal8s.resource.plugin.InputSink;
import io.heal8s.resource.plugin.input.document.Rounds;
import io.heal8s.resource.plugin.input.document.Sheet;
import io.heal8s.resource.plugin.input.document.SheetReader;
import io.heal8s.resource.plugin.input.document.WholeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One question; used by one thread. */
final class PollingRound implements Rounds.Round {

  private static final int NOT_MODIFIED = 304;

  private final PolledList list;
  private final OutboundHttpClient client;
  private final InputSink sink;
  private final InstantSource clock;

  private @Nullable String tag;
  private Instant laidAt = Instant.EPOCH;
  private List<String> problems = List.of();

  PollingRound(PolledList list, OutboundHttpClient client, InputSink sink, InstantSource clock) {
    this.list = list;
    this.client = client;
    this.sink = sink;
    this.clock = clock;
  }

  @Override
  public List<String> once() {
    // Asked when it is our turn, so that a newer list is never followed by an older one.
    sink.alone(list.source(), this::ask);
    return problems;
  }

  private void ask() {
    boolean due =
        !problems.isEmpty()
            || Duration.between(laidAt, clock.instant()).compareTo(list.resync()) >= 0;
    OutboundRequest request;
    try {
      request = request(due ? null : tag);
    } catch (IOException e) {
      problems = List.of(unreadable("tokenFile cannot be read: " + e.getMessage()));
      return;
    }
    switch (client.send(request)) {
      case OutboundResult.Refused refused -> problems = List.of(unreadable(refused.message()));
      case OutboundResult.Failed failed -> problems = List.of(unreadable(failed.message()));
      case OutboundResult.Response answer -> answered(answer);
    }
  }

  private OutboundRequest request(@Nullable String known) throws IOException {
    OutboundRequest request =
        OutboundRequest.of("GET", list.url())
            .header("Accept", "application/json, application/yaml;q=0.9");
    Optional<String> token = list.settings().file("tokenFile");
    if (token.isPresent()) {
      request = request.header("Authorization", "Bearer " + token.get());
    }
    return known == null ? request : request.header("If-None-Match", known);
  }

  private void answered(OutboundResult.Response answer) {
    if (answer.status() == NOT_MODIFIED) {
      return;
    }
    if (answer.status() != 200) {
      problems = List.of(unreadable("it answered " + answer.status()));
      return;
    }
    String text = new String(answer.body().bytes(), StandardCharsets.UTF_8);
    Sheet sheet = new SheetReader(list.source()).read("", text);
    if (sheet.wanted().isEmpty() && sheet.problems().isEmpty() && !text.strip().startsWith("[")) {
      problems = List.of(unreadable("the answer is no list; an empty one is []"));
      return;
    }
    problems =
        new WholeSource(sink, list.source(), list.prune())
            .lay(List.of(sheet)).problems().stream()
                .map(problem -> list.source() + ": " + problem)
                .toList();
    tag = answer.header("ETag").orElse(null);
    laidAt = clock.instant();
  }

  private String unreadable(String why) {
    return "%s cannot be read, so nothing is changed: %s".formatted(list.source(), why);
  }
}
