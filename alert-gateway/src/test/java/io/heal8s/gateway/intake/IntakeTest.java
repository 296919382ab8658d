// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

import static io.heal8s.gateway.intake.IntakeFixture.NOW;
import static io.heal8s.gateway.intake.IntakeFixture.START;
import static io.heal8s.gateway.intake.IntakeFixture.alert;
import static io.heal8s.gateway.intake.IntakeFixture.firing;
import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.gateway.intent.IncomingAlert;
import io.heal8s.gateway.intent.IncomingAlert.Status;
import io.heal8s.gateway.intent.SkipReason;
import io.heal8s.gateway.source.AlertBatch;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IntakeTest {

  private static final ApiFailure DOWN = new ApiFailure.Transient(503, "down", null);

  private final IntakeFixture world = new IntakeFixture();

  @Test
  void aDeliveryThatIsRepeatedForEverLeavesOneObject() {
    for (int i = 0; i < 50; i++) {
      world.deliver(firing("web"));
    }
    assertThat(world.stored()).hasSize(1);
    assertThat(world.count("heal8s.remediations.created")).isEqualTo(1);
    assertThat(world.count("heal8s.alerts.skipped", "reason", "duplicate")).isEqualTo(49);
  }

  @Test
  void theSameAlertTwiceInOneDeliveryIsOneObject() {
    List<Result> results = world.deliver(firing("web"), firing("web"), firing("web"));
    assertThat(world.stored()).hasSize(1);
    assertThat(results).filteredOn(r -> r instanceof Result.Created).hasSize(1);
    assertThat(results).filteredOn(r -> r instanceof Result.Exists).hasSize(2);
  }

  @Test
  void answersAreInTheOrderOfTheDelivery() {
    IncomingAlert[] alerts =
        IntStream.range(0, 300).mapToObj(i -> firing("web-" + i)).toArray(IncomingAlert[]::new);
    List<AlertAnswer> answers =
        world.intake.accept(new AlertBatch(List.of(alerts), 0), null).answers();
    assertThat(answers).extracting(AlertAnswer::alert).containsExactly(alerts);
    assertThat(world.stored()).hasSize(300);
  }

  @Test
  void whatCanBeCommittedIsCommittedAndTheRestComesWithTheNextTry() {
    world.server.failWith(
        key -> key.name().contains(nameOf("b")) ? new ApiFailure.QuotaExceeded("full") : null);
    List<Result> first = world.deliver(firing("a"), firing("b"), firing("c"));
    assertThat(first.get(0)).isInstanceOf(Result.Created.class);
    assertThat(first.get(1)).isEqualTo(new Result.Failed(Trouble.QuotaExceeded, "full"));
    assertThat(first.get(2)).isInstanceOf(Result.Created.class);
    assertThat(world.stored()).hasSize(2);

    world.server.heal();
    List<Result> second = world.deliver(firing("a"), firing("b"), firing("c"));
    assertThat(second.get(0)).isInstanceOf(Result.Exists.class);
    assertThat(second.get(1)).isInstanceOf(Result.Created.class);
    assertThat(world.stored()).hasSize(3);
  }

  @Test
  void aLostAnswerOfACreateIsFoundByTheNextTry() {
    world.server.loseAnswers();
    world.server.failWith(
        key -> new ApiFailure.Transient(0, "reset", new InterruptedIOException("timeout")));
    assertThat(world.deliverOne(firing("web")))
        .isEqualTo(new Result.Failed(Trouble.Timeout, "reset"));
    world.server.heal();
    assertThat(world.deliverOne(firing("web"))).isInstanceOf(Result.Exists.class);
    assertThat(world.stored()).hasSize(1);
  }

  record Failure(String because, ApiFailure failure, Result expected) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Failure> failures() {
    return Stream.of(
        failed("the server is overloaded", DOWN, Trouble.ServerError),
        failed(
            "no connection",
            new ApiFailure.Transient(0, "down", new java.net.ConnectException()),
            Trouble.Unreachable),
        failed(
            "a gateway timeout may have done it",
            new ApiFailure.Transient(504, "down", null),
            Trouble.Timeout),
        failed(
            "priority and fairness",
            new ApiFailure.Throttled(Duration.ofSeconds(1), "down"),
            Trouble.Throttled),
        failed(
            "our own missing right is no reason to lose an alert",
            new ApiFailure.Forbidden(403, "down"),
            Trouble.Forbidden),
        failed("a quota may be freed", new ApiFailure.QuotaExceeded("down"), Trouble.QuotaExceeded),
        failed(
            "the quota object was written at once",
            new ApiFailure.Conflict("down"),
            Trouble.Conflict),
        failed(
            "the CRD is being installed",
            new ApiFailure.NotFound("", "", "down"),
            Trouble.KindMissing),
        skipped(
            "there is no such namespace",
            new ApiFailure.NotFound("namespaces", "shop", "down"),
            SkipReason.NamespaceMissing),
        skipped(
            "the namespace is going away",
            new ApiFailure.NamespaceTerminating("down"),
            SkipReason.NamespaceTerminating),
        skipped("admission refuses it", new ApiFailure.Invalid(422, "down"), SkipReason.Invalid));
  }

  private static Failure failed(String because, ApiFailure failure, Trouble trouble) {
    return new Failure(because, failure, new Result.Failed(trouble, "down"));
  }

  private static Failure skipped(String because, ApiFailure failure, SkipReason reason) {
    return new Failure(because, failure, new Result.Skipped(reason, "down"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureIsEitherForNowOrForGood(Failure example) {
    world.server.failWith(key -> example.failure());
    assertThat(world.deliverOne(firing("web"))).as(example.because()).isEqualTo(example.expected());
    assertThat(world.deliverOne(alert(Status.Resolved, "web", START)))
        .as("an end is no less worth than a beginning")
        .isEqualTo(example.expected());
    double deferred = world.count("heal8s.alerts.deferred");
    assertThat(deferred).isEqualTo(example.expected() instanceof Result.Failed ? 2 : 0);
  }

  @Test
  void withoutPoliciesNothingIsRoutedWrongly() {
    world.policiesRead = false;
    assertThat(world.deliverOne(firing("web")))
        .isInstanceOfSatisfying(
            Result.Failed.class, f -> assertThat(f.trouble()).isEqualTo(Trouble.PoliciesNotRead));
    assertThat(world.stored()).isEmpty();
  }

  @Test
  void anAttemptThatFailedIsFollowedByNumberedOnesUntilWeGiveUp() {
    world.deliver(firing("web"));
    String base = world.stored().getFirst();
    for (int attempt = 1; attempt <= 3; attempt++) {
      String name = attempt == 1 ? base : base + "-" + attempt;
      assertThat(world.stored()).hasSize(attempt).contains(name);
      world.end(name, Phase.Failed, "CapReached", world.now.get());
      assertThat(world.deliverOne(firing("web")))
          .as("too soon after the end of attempt " + attempt)
          .isEqualTo(new Result.Exists("shop", name));
      world.now.updateAndGet(t -> t.plus(Duration.ofHours(1)));
      world.deliver(firing("web"));
    }
    assertThat(world.stored()).containsExactly(base, base + "-2", base + "-3");
    assertThat(world.told)
        .singleElement()
        .asString()
        .startsWith("shop/" + base + "-3 GaveUp: 3 attempts to repair Deployment web for Kube");
    assertThat(world.count("heal8s.alerts.skipped", "reason", "gave-up")).isEqualTo(1);
  }

  @Test
  void aSecondAttemptThatRunsIsNotDoubled() {
    world.deliver(firing("web"));
    String base = world.stored().getFirst();
    world.end(base, Phase.RolledBack, null, NOW.minus(Duration.ofHours(2)));
    world.deliver(firing("web"), firing("web"), firing("web"));
    world.deliver(firing("web"));
    assertThat(world.stored()).containsExactly(base, base + "-2");
  }

  @Test
  void anEndIsNotedOnTheRunningOnesOfThatFiring() {
    world.deliver(firing("web"), firing("api"));
    IncomingAlert end = alert(Status.Resolved, "web", START);
    String web = nameOf("web");
    assertThat(world.deliverOne(end)).isEqualTo(new Result.Resolved("shop", List.of(web)));
    Condition condition = condition(web);
    assertThat(condition.status()).isEqualTo(Condition.Status.True);
    assertThat(condition.message()).contains("2026-03-01T11:30:00Z");
    assertThat(condition.observedGeneration()).isEqualTo(1);
    assertThat(condition(nameOf("api"), false)).as("another alert goes on").isNull();

    world.now.updateAndGet(t -> t.plusSeconds(300));
    assertThat(world.deliverOne(end))
        .as("told once is enough")
        .isEqualTo(new Result.Resolved("shop", List.of()));
    assertThat(condition(web)).isEqualTo(condition);
  }

  @Test
  void theEndOfAnEarlierFiringSaysNothingOfALaterOne() {
    IncomingAlert later = alert(Status.Firing, "web", START.plusMinutes(30));
    world.deliver(later);
    assertThat(world.deliverOne(alert(Status.Resolved, "web", START)))
        .isEqualTo(new Result.Resolved("shop", List.of()));
  }

  @Test
  void anEndThatTakesTooLongToNoteIsNotedToTheEndByTheNextTry() {
    for (int firing = 0; firing < 3; firing++) {
      world.deliver(alert(Status.Firing, "web", START.plusMinutes(firing)));
    }
    IncomingAlert end = alert(Status.Resolved, "web", START.plusMinutes(5));
    world.server.failWith(
        key -> {
          world.now.updateAndGet(t -> t.plusSeconds(4));
          return null;
        });
    assertThat(world.deliverOne(end))
        .as("the list and one note took the 8 s that a delivery has")
        .isEqualTo(Result.outOfTime());
    world.server.heal();
    assertThat(world.deliverOne(end))
        .isInstanceOfSatisfying(
            Result.Resolved.class, resolved -> assertThat(resolved.names()).hasSize(2));
  }

  @Test
  void anEndIsNotWrittenOnWhatEndedItself() {
    world.deliver(firing("web"));
    world.end(nameOf("web"), Phase.Succeeded, null, NOW);
    assertThat(world.deliverOne(alert(Status.Resolved, "web", START)))
        .isEqualTo(new Result.Resolved("shop", List.of()));
  }

  @Test
  void noCallIsBegunAfterTheDeadline() {
    Instant past = NOW.minusSeconds(1);
    AlertExecutor executor =
        new AlertExecutor(world.server, (last, attempts) -> {}, world.now::get);
    io.heal8s.gateway.intent.AlertIntent intent =
        new io.heal8s.gateway.routing.AlertRouter()
            .route(
                new io.heal8s.gateway.routing.AlertSnapshot(
                    firing("web"),
                    io.heal8s.gateway.routing.NamespaceRules.of(
                        io.heal8s.core.decide.policy.EffectivePolicy.DEFAULT),
                    null));
    assertThat(executor.execute(intent, past))
        .isInstanceOfSatisfying(
            Result.Failed.class, f -> assertThat(f.trouble()).isEqualTo(Trouble.Timeout));
    assertThat(world.stored()).isEmpty();
  }

  @Test
  void whoCameFirstIsWrittenFirst() throws InterruptedException {
    Intake narrow = world.intake(new Intake.Limits(1, 1, Duration.ofSeconds(8)));
    List<String> written = new CopyOnWriteArrayList<>();
    Thread second = Thread.ofPlatform().unstarted(() -> acceptOne(narrow, "second"));
    world.server.failWith(
        key -> {
          if (written.isEmpty()) {
            second.start();
            while (second.getState() != Thread.State.TIMED_WAITING) {
              Thread.onSpinWait();
            }
          }
          written.add(key.name());
          return null;
        });
    acceptOne(narrow, "first");
    // Sent by whoever was just answered, while the second still waits.
    acceptOne(narrow, "third");
    second.join();
    assertThat(written).containsExactly(nameOf("first"), nameOf("second"), nameOf("third"));
  }

  private static void acceptOne(Intake intake, String deployment) {
    intake.accept(new AlertBatch(List.of(firing(deployment)), 0), null);
  }

  @Test
  void whatASenderLeavesOutIsCountedAndTold() {
    world.intake.accept(new AlertBatch(List.of(), 3), null);
    world.intake.accept(new AlertBatch(List.of(), 4), null);
    assertThat(world.count("heal8s.alerts.truncated")).isEqualTo(7);
    assertThat(world.told).allSatisfy(t -> assertThat(t).contains("gateway-0 AlertsTruncated: "));
  }

  @Test
  void alertNamesOfAnAttackerDoNotBecomeMetrics() {
    for (int i = 0; i < 1000; i++) {
      IncomingAlert any =
          new IncomingAlert(
              "alertmanager",
              Status.Firing,
              java.util.Map.of("alertname", "Evil" + i, "severity", "s" + i),
              "f",
              null,
              null,
              "{}");
      world.deliver(any);
    }
    assertThat(world.registry.find("heal8s.alerts.received").counters()).hasSizeLessThan(205);
    assertThat(world.count("heal8s.alerts.received")).isEqualTo(1000);
    assertThat(world.count("heal8s.alerts.received", "alertname", "other")).isEqualTo(800);
  }

  private static String nameOf(String deployment) {
    IntakeFixture other = new IntakeFixture();
    other.deliver(firing(deployment));
    return other.stored().getFirst();
  }

  private Condition condition(String name) {
    return Objects.requireNonNull(condition(name, true));
  }

  private @org.jspecify.annotations.Nullable Condition condition(String name, boolean required) {
    Condition condition =
        Objects.requireNonNull(
                world.server.objects.get(new io.heal8s.core.effect.ObjectKey("shop", name)))
            .statusOrEmpty()
            .condition(ConditionType.AlertResolved);
    assertThat(condition != null || !required).isTrue();
    return condition;
  }
}
