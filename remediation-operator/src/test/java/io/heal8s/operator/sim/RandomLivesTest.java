// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.operator.act.WebhookSender.Reply;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.testing.Live;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Alerts, people, agents and crashes in random order, from fixed seeds. Whatever happens: never two
 * direct effects at once, never a lower limit, no write after the end, nothing written at rest, and
 * everything ends.
 */
class RandomLivesTest {

  private static final int SEEDS = 300;
  private static final int EVENTS = 60;

  @TestFactory
  Stream<DynamicTest> rulesHold() {
    return IntStream.range(0, SEEDS)
        .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> new Life(seed).play()));
  }

  private static final class Life {

    private static final List<Duration> TIMES =
        List.of(
            Duration.ZERO,
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(15),
            Duration.ofHours(2),
            Duration.ofHours(12));
    private static final Map<ActionType, Map<String, Object>> ARGUMENTS =
        Map.of(
            ActionType.ScaleTo, Map.of("replicas", 1),
            ActionType.RestartPods, Map.of("gracePeriod", 1),
            ActionType.PatchResource,
                Map.of("patchData", Map.of("metadata", Map.of("labels", Map.of("level", "debug")))),
            ActionType.CallWebhook, Map.of("url", "https://hooks.example/"),
            ActionType.ExecCommand, Map.of("command", List.of("flush")));
    private static final List<ActionType> ACTIONS =
        List.of(
            ActionType.IncreaseMemory,
            ActionType.IncreaseMemory,
            ActionType.RestartWorkload,
            ActionType.ScaleTo,
            ActionType.RestartPods,
            ActionType.PatchResource,
            ActionType.CallWebhook,
            ActionType.ExecCommand);
    private static final List<String> POLICIES =
        List.of(
            World.POLICY,
            World.POLICY,
            World.POLICY,
            "{\"dryRun\":true," + World.POLICY.strip().substring(1),
            "{\"freeze\":[{\"a\":1}]," + World.POLICY.strip().substring(1),
            "{}",
            "{\"cooldown\":\"0s\",\"budgets\":{\"perTarget\":1},"
                + World.POLICY.strip().substring(1));

    private final RandomGenerator random;
    private final World world = new World();
    private final People people = new People(world);
    private final List<String> log = new ArrayList<>();
    private Operator operator = new Operator(world);
    private int created;

    Life(long seed) {
      this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      if (seed % 2 == 1) {
        List.of("p1", "p2", "p3")
            .forEach(pod -> world.workload.pods.put(pod, Rem.T0.minusSeconds(3600)));
      }
    }

    void play() {
      for (int i = 0; i < EVENTS; i++) {
        event();
        settle();
        restIsQuiet();
      }
      world.outside.receiver = new Reply.Answered(200);
      world.workload.budgetAllows = true;
      letEverythingEnd();
      assertThat(world.rules.broken).as(() -> String.join("\n", log)).isEmpty();
    }

    private void event() {
      switch (random.nextInt(20)) {
        case 0, 1, 2 -> create();
        case 3, 4 -> told("merge", () -> people.merge(someone()));
        case 5 -> told("close", () -> people.close(someone()));
        case 6, 7 -> told("agent", people::sync);
        case 8 -> told("approve", this::approve);
        case 9 ->
            told("reject", () -> world.remediations.annotate(someone(), "heal8s.io/reject", "eve"));
        case 10 ->
            told("limit", () -> world.workload.setLimit(pick(List.of("256Mi", "300Mi", "1Gi"))));
        case 11 -> told("policy", () -> world.policy(pick(POLICIES)));
        case 12 ->
            told("need", () -> world.workload.need = pick(List.of(1L << 20, 300L << 20, 1L << 40)));
        case 13 -> told("rare", this::rare);
        case 14 -> told("kill soon", () -> world.calls.toLive = random.nextInt(6));
        case 15 -> told("outside", this::outside);
        case 16 -> told("edit", this::edit);
        case 17 -> told("forge", this::forge);
        case 18 -> told("intend", this::beginAndLoseTheAnswer);
        default -> {}
      }
      people.openPullRequests();
      Duration time = pick(TIMES);
      world.pass(time);
      log.add("+" + time);
    }

    private void rare() {
      switch (random.nextInt(4)) {
        case 0 -> world.remediations.delete(someone());
        case 1 -> world.workload.deployment = null;
        case 2 -> {
          LiveObject fresh = Live.deployment("256Mi", 1);
          world.workload.deployment =
              Live.with(fresh, "metadata.uid", "\"uid-" + random.nextInt(1000) + "\"");
        }
        default -> world.workload.guarded = !world.workload.guarded;
      }
    }

    private void outside() {
      switch (random.nextInt(3)) {
        case 0 -> world.outside.receiver = new Reply.Answered(pick(List.of(200, 200, 302, 503)));
        case 1 -> world.workload.budgetAllows = !world.workload.budgetAllows;
        default ->
            world.workload.refusesAccounts =
                world.workload.refusesAccounts == null ? "not runner" : null;
      }
    }

    private void forge() {
      String reason =
          pick(
              List.of(
                  "",
                  "",
                  "",
                  "ForgeUnavailable",
                  "RateLimited",
                  "ManifestDiffers",
                  "ManifestNotFound",
                  "OfAnotherVersion"));
      people.trouble = reason.isEmpty() ? null : reason;
      log.add("forge: " + reason);
    }

    private void beginAndLoseTheAnswer() {
      String name = someone();
      people.intend(name);
      if (random.nextBoolean()) {
        settle();
        people.loseTheAnswer(name);
      }
      log.add("begun: " + name);
    }

    private void edit() {
      String name = someone();
      ActionType type = action();
      world.remediations.ask(name, new ActionSpec(type, Map.of(), arguments(type), null));
      log.add("to " + type);
    }

    /** The one pod that is there where a life has no others is nobody's to evict. */
    private ActionType action() {
      ActionType type = pick(ACTIONS);
      return type == ActionType.RestartPods && world.workload.pods.isEmpty()
          ? ActionType.ScaleTo
          : type;
    }

    private static @Nullable Map<String, Object> arguments(ActionType type) {
      return ARGUMENTS.get(type);
    }

    private void create() {
      String name = "r" + created++;
      ActionType type = action();
      Rem rem =
          Rem.fresh(name).action(type).as("runner").created(Duration.between(Rem.T0, world.now));
      Map<String, Object> arguments = arguments(type);
      if (arguments != null) {
        rem.arguments(arguments);
      }
      if (arguments != null || random.nextBoolean()) {
        rem.direct().approval(random.nextInt(3) == 0);
      }
      if (random.nextInt(4) == 0) {
        rem.ttl(pick(List.of("30m", "never", "2h")));
      }
      world.remediations.create(rem.build());
      log.add("create " + name + " " + type);
    }

    private void approve() {
      String name = someone();
      Plan plan =
          world.remediations.all().isEmpty()
              ? null
              : world.remediations.get(name).statusOrEmpty().plan();
      if (plan != null) {
        world.remediations.annotate(name, "heal8s.io/approve", "eve");
        world.remediations.annotate(name, "heal8s.io/approved-plan", plan.id());
      }
    }

    private void told(String what, Runnable act) {
      if (!world.remediations.all().isEmpty()) {
        log.add(what);
        act.run();
      }
    }

    private String someone() {
      return Objects.requireNonNull(pick(world.remediations.all()).getMetadata().getName());
    }

    private void settle() {
      for (; ; ) {
        try {
          operator.settle();
          return;
        } catch (Killed killed) {
          log.add("killed");
          operator = new Operator(world);
        }
      }
    }

    private void restIsQuiet() {
      int writes = world.remediations.statusWrites;
      operator.once();
      assertThat(world.remediations.statusWrites)
          .as(() -> "written at rest\n" + String.join("\n", log))
          .isEqualTo(writes);
    }

    private void letEverythingEnd() {
      Instant late = world.now.plus(Duration.ofDays(30));
      for (int looks = 0; !open().isEmpty(); looks++) {
        assertThat(looks)
            .as(() -> "looks too often: " + operator.due + open() + told())
            .isLessThan(5000);
        Instant next =
            operator.due.values().stream()
                .min(Instant::compareTo)
                .orElseThrow(() -> new AssertionError("nobody looks after " + open() + told()));
        assertThat(next).as(() -> "for ever: " + open() + told()).isBefore(late);
        world.now = next.isBefore(world.now) ? world.now : next;
        operator.due.values().removeIf(at -> !at.isAfter(world.now));
        settle();
      }
    }

    private String told() {
      return "\n" + String.join("\n", log);
    }

    private List<String> open() {
      return world.remediations.all().stream()
          .filter(one -> !ended(one))
          .map(
              one -> {
                RemediationStatus status = one.statusOrEmpty();
                return one.getMetadata().getName() + " " + status.phase() + "/" + status.reason();
              })
          .toList();
    }

    private static boolean ended(Remediation one) {
      var phase = one.statusOrEmpty().phase();
      return phase != null && phase.isEnd();
    }

    private <T> T pick(List<T> from) {
      return from.get(random.nextInt(from.size()));
    }
  }
}
