// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Target;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RemediationNameTest {

  private static final Instant START = Instant.parse("2026-03-01T10:00:00.123456789Z");
  private static final Target WEB = target("Deployment", "web", "shop", null);

  record Slug(String alertName, String expected, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Slug> slugs() {
    return Stream.of(
        new Slug("KubePodOOMKilled", "kubepodoomkilled", "object names must be lower-case"),
        new Slug("Disk  full!! on /var", "disk-full-on-var", "a run of other characters is a dash"),
        new Slug("--Edge--", "edge", "a name neither begins nor ends with a dash"),
        new Slug("ÄÖÜ", "unnamed", "nothing usable still needs a name"),
        new Slug("", "unnamed", "no name at all still needs a name"),
        new Slug("a".repeat(39) + "/b", "a".repeat(39), "a cut never leaves a dash at the end"),
        new Slug("x".repeat(300), "x".repeat(40), "long names are cut at 40"));
  }

  @ParameterizedTest
  @MethodSource("slugs")
  void slugOfTheCause(Slug example) {
    String name = name(example.alertName(), "f1", START, WEB, ActionType.IncreaseMemory);
    assertThat(name).matches("rem-" + example.expected() + "-[0-9a-f]{16}");
  }

  @Test
  void isPinnedBecauseARestartWithANewReleaseMustFindTheOldObject() {
    assertThat(name("KubePodOOMKilled", "c0ffee", START, WEB, ActionType.IncreaseMemory))
        .isEqualTo("rem-kubepodoomkilled-" + documentedHash("c0ffee"));
    assertThat(RemediationName.ofEdge("Degraded", "TargetApp", "uid-1", 0, "{}", 7).base())
        .isEqualTo("rem-degraded-5780fb523b08c734");
  }

  /** The hash as the type comment of StableHash documents it, computed without our code. */
  private static String documentedHash(String fingerprint) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String text : new String[] {"Alert", fingerprint}) {
        sha.update(lengthOf(text.length()));
        sha.update(text.getBytes(StandardCharsets.UTF_8));
      }
      sha.update(lengthOf(12));
      sha.update(lengthOf(START.getEpochSecond()));
      sha.update(lengthOf(START.getNano()));
      for (String text : new String[] {"apps/v1", "Deployment", "shop", "web"}) {
        sha.update(lengthOf(text.length()));
        sha.update(text.getBytes(StandardCharsets.UTF_8));
      }
      sha.update(lengthOf(-1));
      sha.update(lengthOf("IncreaseMemory".length()));
      sha.update("IncreaseMemory".getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha.digest()).substring(0, 16);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] lengthOf(long value) {
    return java.nio.ByteBuffer.allocate(8).putLong(value).array();
  }

  record Pair(String because, String one, String other, boolean same) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Pair> pairs() {
    String base = name("A", "f1", START, WEB, ActionType.ScaleUp);
    return Stream.of(
        new Pair(
            "a second delivery is the same repair",
            base,
            name("A", "f1", START, WEB, ActionType.ScaleUp),
            true),
        new Pair(
            "apps/v1 written out is the same target",
            base,
            name(
                "A",
                "f1",
                START,
                new Target("apps/v1", "Deployment", "web", "shop", null),
                ActionType.ScaleUp),
            true),
        new Pair("another alert", base, name("A", "f2", START, WEB, ActionType.ScaleUp), false),
        new Pair(
            "a new firing, one nanosecond later",
            base,
            name("A", "f1", START.plusNanos(1), WEB, ActionType.ScaleUp),
            false),
        new Pair(
            "no start is a value of its own",
            base,
            name("A", "f1", null, WEB, ActionType.ScaleUp),
            false),
        new Pair(
            "another action", base, name("A", "f1", START, WEB, ActionType.RollbackImage), false),
        new Pair(
            "another namespace",
            base,
            name("A", "f1", START, target("Deployment", "web", "shop2", null), ActionType.ScaleUp),
            false),
        new Pair(
            "another kind",
            base,
            name("A", "f1", START, target("StatefulSet", "web", "shop", null), ActionType.ScaleUp),
            false),
        new Pair(
            "another container",
            base,
            name("A", "f1", START, target("Deployment", "web", "shop", "app"), ActionType.ScaleUp),
            false),
        new Pair(
            "an empty container is not the same as none",
            name("A", "f1", START, target("Deployment", "web", "shop", ""), ActionType.ScaleUp),
            base,
            false),
        new Pair(
            "text that moves from one field to the next",
            name("A", "f1", START, target("Deployment", "webs", "hop", null), ActionType.ScaleUp),
            name("A", "f1", START, target("Deployment", "web", "shop", null), ActionType.ScaleUp),
            false),
        new Pair(
            "the next edge of the same action",
            RemediationName.ofEdge("R", "TargetApp", "u", 0, "{}", 1).base(),
            RemediationName.ofEdge("R", "TargetApp", "u", 0, "{}", 2).base(),
            false),
        new Pair(
            "the next action of the same edge",
            RemediationName.ofEdge("R", "TargetApp", "u", 0, "{}", 1).base(),
            RemediationName.ofEdge("R", "TargetApp", "u", 1, "{}", 1).base(),
            false));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void sameNameExactlyForTheSameRepair(Pair pair) {
    assertThat(pair.one().equals(pair.other())).as(pair.because()).isEqualTo(pair.same());
  }

  @Test
  void attemptsAreNumberedFromTwo() {
    RemediationName name =
        RemediationName.ofAlert("A".repeat(60), "f", START, WEB, ActionType.ScaleUp);
    assertThat(name.attempt(1)).isEqualTo(name.base()).hasSize(61);
    assertThat(name.attempt(2)).isEqualTo(name.base() + "-2");
    assertThat(KubernetesName.isLabel(name.attempt(9)))
        .as("usual attempts still fit a label value")
        .isTrue();
    assertThat(KubernetesName.isSubdomain(name.attempt(100))).isTrue();
    assertThatThrownBy(() -> name.attempt(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> name.attempt(101)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hundredThousandAlertsHaveHundredThousandNames() {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      names.add(name("A", Integer.toHexString(i), START, WEB, ActionType.ScaleUp));
    }
    assertThat(names).hasSize(100_000);
  }

  private static String name(
      String alert, String fingerprint, @Nullable Instant start, Target target, ActionType action) {
    return RemediationName.ofAlert(alert, fingerprint, start, target, action).base();
  }

  private static Target target(
      String kind, String name, String namespace, @Nullable String container) {
    return new Target(null, kind, name, namespace, container);
  }
}
