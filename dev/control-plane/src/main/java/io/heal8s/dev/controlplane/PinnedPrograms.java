// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.util.List;

/** The programs that this project pins; each version is written in its go.mod and nowhere else. */
final class PinnedPrograms {

  private PinnedPrograms() {}

  static GoProgram etcd() {
    return program("etcd", "etcd", "go.etcd.io/etcd/server/v3", "").usually("30 s");
  }

  static GoProgram kubeApiServer() {
    return kubernetes("kube-apiserver").usually("3 min");
  }

  static GoProgram kubeControllerManager() {
    return kubernetes("kube-controller-manager").usually("1 min");
  }

  static GoProgram kubeScheduler() {
    return kubernetes("kube-scheduler").usually("10 s");
  }

  static GoProgram kubectl() {
    return kubernetes("kubectl").usually("30 s");
  }

  static GoProgram kwok() {
    GoProgram kwok = program("kwok", "kwok", "sigs.k8s.io/kwok", "/cmd/kwok");
    return kwok.withLinkerVariables("sigs.k8s.io/kwok/pkg/consts.Version=v" + kwok.version())
        .carrying("sigs.k8s.io/kwok", "kustomize/stage")
        .usually("1 min");
  }

  static GoProgram helm() {
    GoProgram helm = program("helm", "helm", "helm.sh/helm/v3", "/cmd/helm");
    // Unset, charts would be rendered as if for Kubernetes 1.20.
    String[] version = kubeApiServer().version().split("\\.", -1);
    String rendersFor = "helm.sh/helm/v3/pkg/chartutil.k8sVersion";
    return helm.withLinkerVariables(
            "helm.sh/helm/v3/internal/version.version=v" + helm.version(),
            rendersFor + "Major=" + version[0],
            rendersFor + "Minor=" + version[1])
        .usually("1 min");
  }

  static GoProgram alertmanager() {
    GoProgram alertmanager =
        program(
            "alertmanager",
            "alertmanager",
            "github.com/prometheus/alertmanager",
            "/cmd/alertmanager");
    return alertmanager
        .withLinkerVariables(
            "github.com/prometheus/common/version.Version=" + alertmanager.version())
        .usually("30 s");
  }

  static GoProgram gitea() {
    GoProgram gitea = program("gitea", "gitea", "code.gitea.io/gitea", "");
    return gitea
        .withLinkerVariables("main.Version=" + gitea.version())
        .withTags("sqlite", "sqlite_unlock_notify")
        .withCgo()
        .carrying("code.gitea.io/gitea", "templates", "options", "public")
        .usually("3 min");
  }

  static GoProgram gojq() {
    return program("gojq", "gojq", "github.com/itchyny/gojq", "/cmd/gojq").usually("5 s");
  }

  static GoProgram actionlint() {
    return program("actionlint", "actionlint", "github.com/rhysd/actionlint", "/cmd/actionlint")
        .usually("10 s");
  }

  static GoProgram opentofu() {
    GoProgram tofu = program("tofu", "opentofu", "github.com/opentofu/opentofu", "/cmd/tofu");
    return tofu.withLinkerVariables("github.com/opentofu/opentofu/version.dev=no").usually("5 min");
  }

  /** What the full set of a local cluster needs, in the order of their start. */
  static List<GoProgram> ofCluster(Parts parts) {
    return switch (parts) {
      case API -> List.of(etcd(), kubeApiServer());
      case FULL ->
          List.of(etcd(), kubeApiServer(), kubeControllerManager(), kubeScheduler(), kwok());
    };
  }

  static List<GoProgram> all() {
    return List.of(
        etcd(),
        kubeApiServer(),
        kubeControllerManager(),
        kubeScheduler(),
        kwok(),
        helm(),
        alertmanager(),
        kubectl(),
        actionlint(),
        gojq(),
        gitea(),
        opentofu());
  }

  static GoProgram byName(String name) {
    return all().stream()
        .filter(program -> program.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ProgramUnavailableException(
                    "no program is called "
                        + name
                        + "; there are "
                        + String.join(", ", all().stream().map(GoProgram::name).toList())));
  }

  private static GoProgram kubernetes(String name) {
    GoProgram program = program(name, "kubernetes", "k8s.io/kubernetes", "/cmd/" + name);
    String[] version = program.version().split("\\.", -1);
    String variable = "k8s.io/component-base/version.";
    return program.withLinkerVariables(
        variable + "gitVersion=v" + program.version(),
        variable + "gitMajor=" + version[0],
        variable + "gitMinor=" + version[1]);
  }

  private static GoProgram program(String name, String folder, String module, String mainFolder) {
    GoModule pins = GoModule.onClassPath(PinnedPrograms.class, "/go/" + folder, "go.mod", "go.sum");
    return GoProgram.of(name, pins.versionOf(module), pins, module + mainFolder);
  }
}
