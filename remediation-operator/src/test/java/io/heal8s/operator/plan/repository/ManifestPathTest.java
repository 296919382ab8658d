// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestPathTest {

  private static Map<String, String> values(String environment) {
    return Map.of(
        "environment", environment,
        "namespace", "shop",
        "name", "api",
        "kind", "deployment",
        "container", "");
  }

  record Good(String template, String path, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Good> good() {
    return Stream.of(
        new Good("deploy.yaml", "deploy.yaml", "no placeholder"),
        new Good("apps/{namespace}/{name}.yaml", "apps/shop/api.yaml", "placeholders"),
        new Good("{environment}/{kind}-{name}.yaml", "prod/deployment-api.yaml", "in a segment"),
        new Good("{name}/{name}/{name}", "api/api/api", "every occurrence"),
        new Good("a b/ü.yaml", "a b/ü.yaml", "files may have odd names"),
        new Good("a/.config/..x/x..yaml", "a/.config/..x/x..yaml", "dots that lead nowhere"));
  }

  @ParameterizedTest
  @MethodSource("good")
  void isFilled(Good example) {
    assertThat(ManifestPath.fill(example.template(), values("prod"), Map.of()))
        .isEqualTo(new ManifestPath.Filled(example.path()));
  }

  record Bad(String template, String environment, String says, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Bad> bad() {
    String env = "apps/{environment}/x.yaml";
    return Stream.of(
        new Bad(env, "", "needs {environment}, which is empty; set the hint", "empty segment"),
        new Bad("a-{environment}.yaml", "", "which is empty", "empty within a segment"),
        new Bad("{container}.yaml", "p", "needs {container}", "no container was chosen"),
        new Bad("{cluster}/x.yaml", "p", "{cluster}, which is none of container", "a typo"),
        new Bad(env, "../../x", "only letters, digits", "an alert walks out"),
        new Bad(env, "a/b", "only letters, digits", "an alert adds a segment"),
        new Bad(env, "..", "only letters, digits", "an alert goes up"),
        new Bad(env, ".git", "only letters, digits", "an alert goes into git's files"),
        new Bad(env, "a\nb", "is 'a?b'", "an alert adds a line"),
        new Bad(env, "x".repeat(300), "only letters, digits", "an alert brings a novel"),
        new Bad("{environment}it/config", ".g", "only letters", "put together from two pieces"),
        new Bad("/etc/x", "p", "is absolute", "absolute"),
        new Bad("C:/x", "p", "is absolute", "absolute on Windows"),
        new Bad("a\\b", "p", "backslash", "a separator on Windows"),
        new Bad("a/../b", "p", "has a '..' segment", "goes up"),
        new Bad("./a", "p", "has a '.' segment", "goes nowhere"),
        new Bad("a//b", "p", "has an empty segment", "an empty segment"),
        new Bad("a/", "p", "has an empty segment", "a folder"),
        new Bad("", "p", "is empty", "no path"),
        new Bad(".git/hooks/x", "p", "git's or the forge's own", "git's files"),
        new Bad("a/.GIT/x", "p", "git's or the forge's own", "git's files on a Mac"),
        new Bad(
            ".github/workflows/x.yml", "p", "git's or the forge's own", "the forge's workflows"),
        new Bad("a/.gitattributes", "p", "git's or the forge's own", "how git treats files"),
        new Bad("GIT~1/config", "p", "git's or the forge's own", "git's files on Windows"),
        new Bad("a/\u200bb", "p", "invisible", "an invisible character"),
        new Bad("a{b", "p", "brace", "a brace that was left open"),
        new Bad("x".repeat(1025), "p", "longer than 1024", "too long"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void saysWhatToChange(Bad example) {
    assertThat(
            ManifestPath.fill(
                example.template(),
                values(example.environment()),
                Map.of("environment", "set the hint")))
        .isInstanceOfSatisfying(
            ManifestPath.Unusable.class,
            unusable ->
                assertThat(unusable.problem())
                    .contains(example.says())
                    .hasSizeLessThan(2000)
                    .doesNotContain("\n"));
  }

  @Property(tries = 2000)
  void noAlertLeavesTheFolderThatTheTemplateNames(@ForAll("smuggled") String environment) {
    if (ManifestPath.fill("apps/{environment}/{environment}.yaml", values(environment), Map.of())
        instanceof ManifestPath.Filled(String path)) {
      Path normal = Path.of("/repo").resolve(path).normalize();
      assertThat(normal.startsWith("/repo/apps")).isTrue();
      assertThat(normal.getNameCount()).isEqualTo(4);
      assertThat(path.toLowerCase(Locale.ROOT)).doesNotContain("/.git");
    }
  }

  @Provide
  Arbitrary<String> smuggled() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(8),
        Arbitraries.strings().withChars("./\\{}git~ab-\u0000\n").ofMaxLength(8));
  }
}
