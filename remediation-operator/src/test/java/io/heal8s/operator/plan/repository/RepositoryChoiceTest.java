// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicySpec;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Change.ValueType;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.Repository;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.decide.Verdict;
import io.heal8s.core.decide.policy.EffectivePolicy;
import io.heal8s.operator.fakecluster.YamlText;
import io.heal8s.operator.plan.PlanReason;
import io.heal8s.operator.plan.PlanRequest;
import io.heal8s.operator.target.LiveObject;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RepositoryChoiceTest {

  private static final String NO_GITHUB = "";
  private static final String GITHUB =
      "github: {enabled: true, owner: acme, repo: shop, baseBranch: main,"
          + " manifestPath: 'apps/{name}.yaml', autoMerge: true, prLabels: [urgent],"
          + " prTitleTemplate: 'fix {target}'}";

  private static final LiveObject LIVE =
      YamlText.object(
          """
          apiVersion: apps/v1
          kind: Deployment
          metadata: {name: api, namespace: shop, uid: u, labels: {team: red, a.b/c: x}}
          """);

  /** Specs in YAML; null for no policy. */
  record Case(
      @Nullable String cluster,
      @Nullable String namespace,
      String github,
      Function<Repository, @Nullable Object> field,
      @Nullable Object expected,
      String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  private static String rule(String more) {
    return "{forge: git, repository: r, path: 'apps/{namespace}/{name}.yaml'" + more + "}";
  }

  private static String rules(String... rules) {
    return "{repositories: [" + String.join(", ", rules) + "]}";
  }

  static Stream<Case> chosen() {
    String hub = "{forge: github, repository: Acme/Shop, path: 'x.yaml'";
    return Stream.of(
        own(rules(rule("")), Repository::path, "apps/shop/api.yaml", "the path is filled"),
        own(rules(rule("")), Repository::baseBranch, "main", "main by default"),
        own(rules(rule(", baseBranch: prod")), Repository::baseBranch, "prod", "the rule's branch"),
        own(rules(rule("")), Repository::labels, List.of("heal8s"), "a label by default"),
        own(rules(rule(", labels: [x]")), Repository::labels, List.of("x"), "the rule's labels"),
        own(rules(rule(", autoMerge: true")), Repository::autoMerge, true, "the rule's wish"),
        own(rules(rule("")), Repository::autoMerge, false, "a person merges by default"),
        own(rules(rule(", credentials: c")), Repository::credentials, "c", "the rule's secret"),
        own(rules(rule(", reviewers: [a]")), Repository::reviewers, List.of("a"), "reviewers"),
        own(
            rules(rule(", namespaces: [other]"), rule(", baseBranch: two, namespaces: ['sh*']")),
            Repository::baseBranch,
            "two",
            "the first rule for the namespace"),
        own(
            rules(
                rule(", baseBranch: one, matchLabels: {team: blue}"),
                rule(", baseBranch: two, matchLabels: {team: red, a.b/c: x}")),
            Repository::baseBranch,
            "two",
            "the first rule for the labels"),
        own(rules(rule(", pathGlob: 'apps/**'")), Repository::path, "apps/shop/api.yaml", "glob"),
        new Case(rules(rule("")), null, NO_GITHUB, Repository::forge, "git", "the cluster's rule"),
        new Case(
            rules(rule(", credentials: theirs, pathGlob: 'apps/shop/*'")),
            rules(rule(", credentials: mine, autoMerge: true")),
            NO_GITHUB,
            Repository::credentials,
            "theirs",
            "whoever limits says whose credentials are used"),
        new Case(
            rules(rule("")),
            rules(rule(", autoMerge: true")),
            NO_GITHUB,
            Repository::autoMerge,
            false,
            "a namespace cannot merge by itself what the cluster does not let it"),
        new Case(
            rules(rule(", autoMerge: true")),
            rules(rule(", autoMerge: true")),
            NO_GITHUB,
            Repository::autoMerge,
            true,
            "both let it merge"),
        new Case(
            null,
            rules(hub + "}"),
            GITHUB,
            Repository::path,
            "apps/api.yaml",
            "spec.github's path"),
        new Case(
            null, rules(hub + "}"), GITHUB, Repository::repository, "Acme/Shop", "any spelling"),
        new Case(
            null, rules(hub + "}"), GITHUB, Repository::labels, List.of("urgent"), "its labels"),
        new Case(
            null, rules(hub + "}"), GITHUB, Repository::titleTemplate, "fix {target}", "its title"),
        new Case(
            null, rules(hub + "}"), GITHUB, Repository::autoMerge, false, "only if the rule does"),
        new Case(
            null,
            rules(hub + ", autoMerge: true}"),
            GITHUB,
            Repository::autoMerge,
            true,
            "spec.github and the rule want it"),
        new Case(
            null,
            rules(rule(""), hub + ", baseBranch: main}"),
            GITHUB,
            Repository::forge,
            "github",
            "spec.github finds its own rule"));
  }

  private static Case own(
      String policy, Function<Repository, @Nullable Object> field, Object expected, String why) {
    return new Case(null, policy, NO_GITHUB, field, expected, why);
  }

  @ParameterizedTest
  @MethodSource("chosen")
  void isWhatThePolicyAllows(Case example) {
    assertThat(choose(example.cluster(), example.namespace(), example.github()))
        .isInstanceOfSatisfying(
            RepositoryChoice.Chosen.class,
            chosen ->
                assertThat(example.field().apply(chosen.repository()))
                    .isEqualTo(example.expected()));
  }

  record Refused(
      @Nullable String cluster,
      @Nullable String namespace,
      String github,
      PlanReason reason,
      String says,
      String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Refused> refused() {
    PlanReason none = PlanReason.NoRepository;
    PlanReason notAllowed = PlanReason.RepositoryNotAllowed;
    String hub = "{forge: github, repository: acme/shop, path: x.yaml";
    String forbidden = "which no policy allows for Deployment shop/api";
    return Stream.of(
        new Refused(null, null, NO_GITHUB, none, "    - forge: github", "no policy"),
        new Refused(
            null, rules(rule(", namespaces: [x]")), NO_GITHUB, none, "add these lines", "others'"),
        new Refused(
            null,
            rules(rule(", matchLabels: {team: blue}")),
            NO_GITHUB,
            none,
            "add",
            "other labels"),
        new Refused(
            rules(rule("")), "{repositories: []}", NO_GITHUB, none, "add", "none is wanted"),
        new Refused(
            rules(rule(", namespaces: [other]")),
            rules(rule("")),
            NO_GITHUB,
            none,
            "cluster policy",
            "the cluster's rule is for other namespaces"),
        new Refused(
            null,
            rules(rule(", pathGlob: 'charts/**'")),
            NO_GITHUB,
            notAllowed,
            "does not match spec.repositories[].pathGlob 'charts/**'",
            "outside the rule's glob"),
        new Refused(
            rules(rule(", pathGlob: 'charts/**'")),
            rules(rule("")),
            NO_GITHUB,
            notAllowed,
            "the cluster policy allows neither the path 'apps/shop/api.yaml' on branch 'main'",
            "outside the cluster's glob"),
        new Refused(
            rules(rule("")),
            rules(rule(", baseBranch: prod")),
            NO_GITHUB,
            notAllowed,
            "on branch 'prod'",
            "outside the cluster's branch"),
        new Refused(
            null, rules(rule(", baseBranch: 'a..b'")), NO_GITHUB, notAllowed, "'..'", "no branch"),
        new Refused(
            null,
            "{repositories: [{forge: git, repository: r, path: 'a/{environment}/x'}]}",
            NO_GITHUB,
            notAllowed,
            "set spec.strategy.environment (alerts bring it as their label environment)",
            "no environment"),
        new Refused(
            null,
            "{repositories: [{forge: git, repository: r, path: '{container}.yaml'}]}",
            NO_GITHUB,
            notAllowed,
            "set spec.target.container",
            "no container"),
        new Refused(
            null,
            null,
            GITHUB,
            notAllowed,
            "repository: acme/shop",
            "spec.github without a policy"),
        new Refused(null, rules(rule("")), GITHUB, notAllowed, forbidden, "another forge's rule"),
        new Refused(
            null,
            rules(hub.replace("acme", "other") + "}"),
            GITHUB,
            notAllowed,
            forbidden,
            "another account's repository of the same name"),
        new Refused(
            null,
            rules(hub + ", namespaces: [other]}"),
            GITHUB,
            notAllowed,
            forbidden,
            "another namespace's repository"),
        new Refused(
            null,
            rules(hub + ", baseBranch: prod}"),
            GITHUB,
            notAllowed,
            "spec.github.baseBranch is 'main', but the policy allows 'prod'",
            "another branch"),
        new Refused(
            null,
            rules(hub + ", pathGlob: 'other/*'}"),
            GITHUB,
            notAllowed,
            "'apps/api.yaml' in acme/shop does not match",
            "another folder"),
        new Refused(
            null,
            rules(hub + "}"),
            GITHUB.replace("apps/{name}.yaml", ".github/workflows/x.yml"),
            notAllowed,
            "forge's own files",
            "a workflow"),
        new Refused(
            null,
            rules(hub + "}"),
            GITHUB.replace("[urgent]", "['']"),
            notAllowed,
            "spec.github.prLabels has more than 32 labels, or one that is empty",
            "an empty label"),
        new Refused(
            null,
            rules(hub + "}"),
            GITHUB.replace("fix {target}", "x".repeat(1025)),
            notAllowed,
            "spec.github.prTitleTemplate is longer than 1024",
            "a title that no status could hold"),
        new Refused(
            null,
            rules(hub + "}"),
            GITHUB.replace("enabled: true", "enabled: false"),
            none,
            "spec.github.enabled is false",
            "no pull request is wanted"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void saysWhichLinesToAdd(Refused example) {
    Verdict verdict = refusal(example.cluster(), example.namespace(), example.github());
    assertThat(verdict.reason()).isEqualTo(example.reason());
    assertThat(verdict.message()).contains(example.says());
  }

  @Test
  void theLinesToAddAreTheLinesThatAreMissing() {
    String message = refusal(null, null, GITHUB).message();
    String lines = message.substring(message.indexOf("spec:\n")).replaceFirst("^spec:\n", "");
    assertThat(choose(null, lines, GITHUB)).isInstanceOf(RepositoryChoice.Chosen.class);
  }

  @Test
  void nothingThatARemediationSaysBecomesALineOfItsOwn() {
    String evil = GITHUB.replace("owner: acme", "owner: \"a\\n      autoMerge: true\"");
    String message = refusal(null, null, evil).message();
    String lines = message.substring(message.indexOf("spec:\n"));
    assertThat(message.lines().count()).isEqualTo(8);
    assertThat(lines).contains("\"a?      autoMerge: true/shop\"");
    assertThat(lines.lines().count()).isEqualTo(7);
  }

  @Test
  void aPathByKindIsOfTheObjectThatChanges() {
    String byKind = "{repositories: [{forge: git, repository: r, path: '{name}/{kind}.yaml'}]}";
    String byApp = "{repositories: [{forge: git, repository: r, path: '{name}.yaml'}]}";
    Change ofAutoscaler =
        new Change(
            "spec.maxReplicas",
            "1",
            "2",
            ValueType.integer,
            "autoscaling/v2",
            "HorizontalPodAutoscaler",
            "api-scaler");
    assertThat(path(byKind, ofAutoscaler)).isEqualTo("api-scaler/horizontalpodautoscaler.yaml");
    assertThat(path(byApp, ofAutoscaler)).isEqualTo("api.yaml");
    assertThat(path(byKind, IMAGE)).isEqualTo("api/deployment.yaml");
  }

  private static final Change IMAGE = Change.of("spec.x", "a", "b", ValueType.string);

  private static String path(String policy, Change change) {
    return switch (RepositoryChoice.choose(request(null, policy, NO_GITHUB), List.of(change))) {
      case RepositoryChoice.Chosen(Repository repository) -> repository.path();
      case RepositoryChoice.NotChosen(Verdict verdict) -> throw new AssertionError(verdict);
    };
  }

  private static Verdict refusal(
      @Nullable String cluster, @Nullable String namespace, String github) {
    return switch (choose(cluster, namespace, github)) {
      case RepositoryChoice.NotChosen(Verdict verdict) -> verdict;
      case RepositoryChoice.Chosen(Repository repository) -> throw new AssertionError(repository);
    };
  }

  private static RepositoryChoice choose(
      @Nullable String cluster, @Nullable String namespace, String github) {
    return RepositoryChoice.choose(request(cluster, namespace, github), List.of(IMAGE));
  }

  private static PlanRequest request(
      @Nullable String cluster, @Nullable String namespace, String github) {
    Remediation remediation =
        YamlText.as(
            Remediation.class,
            """
            metadata: {name: rem-1, namespace: shop, creationTimestamp: "2026-03-01T12:00:00Z"}
            spec:
              target: {kind: Deployment, name: api, namespace: shop}
              action: {type: RestartWorkload}
              strategy: {}
              %s
            """
                .formatted(github));
    return new PlanRequest(
        remediation,
        new ResolvedTarget("apps/v1", "Deployment", "shop", "api", "u", null),
        LIVE,
        EffectivePolicy.of(spec(cluster), spec(namespace)),
        "test");
  }

  private static @Nullable RemediationPolicySpec spec(@Nullable String yaml) {
    return yaml == null ? null : YamlText.as(RemediationPolicySpec.class, yaml);
  }
}
