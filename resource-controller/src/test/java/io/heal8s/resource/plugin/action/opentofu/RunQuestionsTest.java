// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.plugin.state.ProgramRun;
import io.heal8s.resource.plugin.state.ProgramRuns;
import io.heal8s.resource.store.StoreUnavailableException;
import io.heal8s.resource.testing.Samples;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RunQuestionsTest {

  private static final UUID ID = new UUID(0, 7);

  private final List<UUID> asked = new ArrayList<>();
  private boolean away;

  private final RunQuestions questions = new RunQuestions(runs(), new LocalRuns(1));

  private ProgramRuns runs() {
    ProgramRun run =
        new ProgramRun(
            ID, ProgramRun.Operation.APPLY, true, true, false, Duration.ofSeconds(3), null);
    return (ProgramRuns)
        Proxy.newProxyInstance(
            ProgramRuns.class.getClassLoader(),
            new Class<?>[] {ProgramRuns.class},
            (_, method, arguments) -> {
              if (away) {
                throw new StoreUnavailableException(new IOException("away"));
              }
              return switch (method.getName()) {
                case "find", "ofDispatch" -> Optional.of(run);
                case "askToStop" -> {
                  asked.add((UUID) arguments[0]);
                  yield null;
                }
                default -> throw new AssertionError(method);
              };
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"run\": \"00000000-0000-0000-0000-000000000007\"}",
        "{\"dispatch\": \"7-1-1\"}"
      })
  void aCancelThatWasNotRecordedIsAskedForAgain(String handle) {
    away = true;
    JsonNode unheard = handleOf(questions.cancel(Samples.json(handle)));
    unheard = handleOf(questions.poll(unheard));
    assertThat(asked).isEmpty();

    away = false;
    JsonNode heard = handleOf(questions.poll(unheard));
    assertThat(asked).containsExactly(ID);

    questions.poll(heard);
    assertThat(asked).as("once it is recorded").hasSize(1);
  }

  private static JsonNode handleOf(Step step) {
    assertThat(step).isInstanceOf(Step.Running.class);
    return ((Step.Running) step).handle();
  }
}
