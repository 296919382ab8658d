// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicy;
import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicySpec;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Verdict;
import io.heal8s.core.decide.policy.EffectivePolicy;
import io.heal8s.operator.fakecluster.Ask;
import io.heal8s.operator.fakecluster.FakeCluster;
import io.heal8s.operator.fakecluster.YamlText;
import io.heal8s.operator.intent.ObjectPatchRequest;
import io.heal8s.operator.target.Query;
import io.heal8s.operator.target.Resolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every folder of {@code src/test/golden/plan} is one story: {@code in-remediation.yaml} is asked
 * in the cluster of {@code in-cluster.yaml}, under {@code in-policy.yaml} of the namespace and
 * {@code in-cluster-policy.yaml} where there are such files, and gives {@code out-plan.yaml}.
 */
class GoldenPlanTest {

  private static final Path FOLDER = Path.of("src", "test", "golden", "plan");
  private static final Set<String> NEEDED =
      Set.of("in-remediation.yaml", "in-cluster.yaml", "out-plan.yaml");
  private static final Set<String> ALLOWED =
      Set.of(
          "in-remediation.yaml",
          "in-cluster.yaml",
          "in-policy.yaml",
          "in-cluster-policy.yaml",
          "out-plan.yaml");

  @TestFactory
  Stream<DynamicTest> stories() throws IOException {
    List<Path> entries;
    try (Stream<Path> listed = Files.list(FOLDER)) {
      entries = listed.sorted().toList();
    }
    assertThat(entries).hasSizeGreaterThanOrEqualTo(10).allMatch(Files::isDirectory);
    return entries.stream()
        .map(story -> DynamicTest.dynamicTest(story.getFileName().toString(), () -> check(story)));
  }

  private static void check(Path story) throws IOException {
    String actual = YamlText.write(outcome(story));
    Path golden = story.resolve("out-plan.yaml");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, "# SPDX-License-Identifier: Apache-2.0\n" + actual);
    }
    Set<String> files = new TreeSet<>();
    try (Stream<Path> listed = Files.list(story)) {
      listed.forEach(file -> files.add(file.getFileName().toString()));
    }
    assertThat(files).as("a file that nobody reads is a mistake").isSubsetOf(ALLOWED);
    assertThat(files).containsAll(NEEDED);
    assertThat("# SPDX-License-Identifier: Apache-2.0\n" + actual)
        .isEqualTo(Files.readString(golden));
  }

  private static Map<String, Object> outcome(Path story) throws IOException {
    Remediation remediation =
        YamlText.as(Remediation.class, Files.readString(story.resolve("in-remediation.yaml")));
    FakeCluster cluster = FakeCluster.of(Files.readString(story.resolve("in-cluster.yaml")));
    EffectivePolicy policy =
        EffectivePolicy.of(
            spec(story.resolve("in-cluster-policy.yaml")), spec(story.resolve("in-policy.yaml")));
    assertThat(policy.problems()).isEmpty();
    Map<String, Object> out = new LinkedHashMap<>();
    switch (Ask.resolve(cluster, remediation)) {
      case Resolution.Unresolvable(Verdict verdict) -> put(out, "stalled", verdict);
      case Resolution.NeedsReading needs -> throw new AssertionError(needs);
      case Resolution.Resolved resolved -> {
        Planning planning = Ask.plan(cluster, remediation, policy, resolved);
        assertThat(Ask.plan(cluster, remediation, policy, resolved)).isEqualTo(planning);
        put(out, planning);
      }
    }
    out.put("read", cluster.asked().stream().map(GoldenPlanTest::show).toList());
    return out;
  }

  private static void put(Map<String, Object> out, Planning planning) {
    switch (planning) {
      case Planning.Planned(var target, var plan) -> {
        out.put("target", target);
        out.put("plan", plan);
      }
      case Planning.NothingToDo(var target, var plan, var reason, var message) -> {
        out.put("target", target);
        out.put("plan", plan);
        put(out, "nothingToDo", new Verdict(reason, message));
      }
      case Planning.CannotPlan(Verdict verdict) -> put(out, "stalled", verdict);
      case Planning.NeedsReading needs -> throw new AssertionError(needs);
    }
  }

  private static void put(Map<String, Object> out, String key, Verdict verdict) {
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put("reason", verdict.reason().name());
    shown.put("message", verdict.message());
    out.put(key, shown);
  }

  private static @Nullable RemediationPolicySpec spec(Path file) throws IOException {
    return Files.exists(file)
        ? YamlText.as(RemediationPolicy.class, Files.readString(file)).spec()
        : null;
  }

  private static String show(Query query) {
    return switch (query) {
      case Query.Get(var apiVersion, var kind, var namespace, var name) ->
          "get " + apiVersion + " " + kind + " " + namespace + "/" + name;
      case Query.GetAs(var account, var get) -> show(get) + " as " + account;
      case Query.Patched(var account, var get, var patch, var read) ->
          show(get)
              + " as "
              + account
              + (patch.equals(ObjectPatchRequest.ofNothing())
                  ? ", written to on trial"
                  : ", patched on trial");
      case Query.ListBySelector(var apiVersion, var kind, var namespace, var selector) ->
          "list " + apiVersion + " " + kind + " " + namespace + " " + selector;
    };
  }
}
