// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.restartpods;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.operator.fakecluster.FakeCluster;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query;
import io.heal8s.operator.testing.Live;
import io.heal8s.operator.testing.Rem;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PodRestartTest {

  private static final String BEFORE = "2026-03-01T11:00:00Z";
  private static final String AFTER = "2026-03-01T12:00:05Z";
  private static final LiveObject TARGET = Live.deployment("256Mi", 3);
  private static final LiveObject OF_THREE = Live.replicaSet(3);

  private static LiveObject marked(String name, String created) {
    return Live.with(Live.podOf(name, created), "metadata.labels.marked", "\"yes\"");
  }

  private static LiveObject notReady(LiveObject pod) {
    return Live.with(
        pod,
        "status",
        "{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"False\"}]}");
  }

  private static LiveObject leaving(LiveObject pod) {
    return Live.with(pod, "metadata.deletionTimestamp", "\"" + AFTER + "\"");
  }

  /** The next step of a restart of the pods with {@code marked=yes}. */
  private static PodRestart next(LiveObject... cluster) {
    FakeCluster fake =
        FakeCluster.of(Stream.concat(Stream.of(OF_THREE), Stream.of(cluster)).toList());
    List<LiveObject> selected =
        fake.answer(new Query.ListBySelector("v1", "Pod", "shop", "marked=yes"));
    return fake.settle(
        known -> PodRestart.next(TARGET, selected, Rem.T0, known),
        step -> step instanceof PodRestart.NeedsReading(Set<Query> queries) ? queries : Set.of());
  }

  private static String evicts(PodRestart step) {
    return step instanceof PodRestart.Evict(LiveObject pod) ? pod.name() : step.toString();
  }

  @Test
  void aSelectorThatFindsOneOfThreeEvictsThatOne() {
    assertThat(
            evicts(next(marked("p1", BEFORE), Live.podOf("p2", BEFORE), Live.podOf("p3", BEFORE))))
        .isEqualTo("p1");
  }

  @Test
  void thePodThatComesIsWaitedForAlsoWhereTheSelectorDoesNotFindIt() {
    LiveObject fresh = Live.podOf("p1x", AFTER);
    LiveObject others = Live.podOf("p3", BEFORE);

    assertThat(next(marked("p2", BEFORE), others, notReady(fresh)))
        .isInstanceOfSatisfying(
            PodRestart.Waits.class, waits -> assertThat(waits.message()).contains("p1x"));
    assertThat(evicts(next(marked("p2", BEFORE), others, fresh))).isEqualTo("p2");
  }

  @Test
  void anEvictedPodThatNothingCameForYetIsWaitedFor() {
    assertThat(next(leaving(marked("p1", BEFORE)), marked("p2", BEFORE), Live.podOf("p3", BEFORE)))
        .isInstanceOfSatisfying(
            PodRestart.Waits.class, waits -> assertThat(waits.message()).contains("api-h1"));
  }

  @Test
  void theLastSelectedPodIsWaitedForAlsoWhereNothingNamesItsControllerAnyMore() {
    assertThat(next(Live.podOf("p2", BEFORE), Live.podOf("p3", BEFORE)))
        .isInstanceOfSatisfying(
            PodRestart.Waits.class,
            waits -> assertThat(waits.message()).contains("Deployment api"));
  }

  @Test
  void itIsDoneWhenNoSelectedPodIsOld() {
    assertThat(next(marked("p1x", AFTER), Live.podOf("p2", BEFORE), Live.podOf("p3", BEFORE)))
        .isInstanceOf(PodRestart.Done.class);
  }

  @Test
  void podsOfOthersThatTheControllersSelectorFindsDoNotCount() {
    LiveObject foreign =
        Live.with(
            Live.podOf("foreign", BEFORE),
            "metadata.ownerReferences",
            "[{\"apiVersion\":\"apps/v1\",\"kind\":\"ReplicaSet\",\"name\":\"other\",\"uid\":\"uid-other\","
                + "\"controller\":true}]");

    assertThat(next(marked("p1", BEFORE), Live.podOf("p2", BEFORE), foreign))
        .isInstanceOf(PodRestart.Waits.class);
  }
}
