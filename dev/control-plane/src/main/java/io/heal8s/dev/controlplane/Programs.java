// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the pinned programs are; builds one that is not in the cache yet.
 *
 * <p>Every method that returns a program's path may take minutes the first time and is fast ever
 * after. Two processes that want the same program at once build it once. Each throws {@link
 * ProgramUnavailableException} if the program is absent and cannot be built.
 */
public final class Programs {

  private final Path cache;
  private final Map<String, String> environment;
  private final Consumer<String> progress;

  /**
   * Programs in a given cache.
   *
   * @param cache folder that holds one folder per program and version; made if absent
   * @param environment where {@code PATH} is looked up
   * @param progress gets one line per step of a build, and nothing when all is in the cache
   */
  public Programs(Path cache, Map<String, String> environment, Consumer<String> progress) {
    this.cache = cache;
    this.environment = Map.copyOf(environment);
    this.progress = progress;
  }

  /**
   * Programs in this person's cache, {@code ${XDG_CACHE_HOME:-$HOME/.cache}/heal8s/bin}, with
   * progress on standard error.
   */
  public static Programs ofThisUser() {
    Map<String, String> environment = System.getenv();
    Path cache = UserFolders.of(environment).cache().resolve("bin");
    return new Programs(cache, environment, line -> System.err.println(line));
  }

  /** etcd. */
  public Path etcd() {
    return path(PinnedPrograms.etcd());
  }

  /** kube-apiserver. */
  public Path kubeApiServer() {
    return path(PinnedPrograms.kubeApiServer());
  }

  /** kube-controller-manager. */
  public Path kubeControllerManager() {
    return path(PinnedPrograms.kubeControllerManager());
  }

  /** kube-scheduler. */
  public Path kubeScheduler() {
    return path(PinnedPrograms.kubeScheduler());
  }

  /** kubectl of the same Kubernetes version as {@link #kubeApiServer()}. */
  public Path kubectl() {
    return path(PinnedPrograms.kubectl());
  }

  /** kwok, which plays the kubelet of nodes that do not exist. */
  public Path kwok() {
    return path(PinnedPrograms.kwok());
  }

  /** The folder of kwok's own stages: {@code node/fast}, {@code pod/fast} and so on. */
  public Path kwokStages() {
    return beside(kwok()).resolve("stage");
  }

  /** helm; renders for the Kubernetes version of {@link #kubeApiServer()} unless told otherwise. */
  public Path helm() {
    return path(PinnedPrograms.helm());
  }

  /** Alertmanager. */
  public Path alertmanager() {
    return path(PinnedPrograms.alertmanager());
  }

  /**
   * Gitea; its {@code STATIC_ROOT_PATH} is {@link #giteaFiles()}. Its first build needs a C
   * compiler.
   */
  public Path gitea() {
    return path(PinnedPrograms.gitea());
  }

  /** The folder with Gitea's {@code templates}, {@code options} and {@code public}. */
  public Path giteaFiles() {
    return beside(gitea());
  }

  /** gojq, the filter language of GitHub's command. */
  public Path gojq() {
    return path(PinnedPrograms.gojq());
  }

  /** actionlint. */
  public Path actionlint() {
    return path(PinnedPrograms.actionlint());
  }

  /**
   * OpenTofu if it is here: the one that {@code HEAL8S_TOFU} names, or one that was built before.
   * It takes longer to build than all tests, so nothing builds it unasked.
   */
  public Optional<Path> opentofu() {
    String named = environment.get("HEAL8S_TOFU");
    return named == null || named.isBlank()
        ? Optional.ofNullable(cached(PinnedPrograms.opentofu()))
        : Optional.of(Path.of(named));
  }

  /** The path of any program that is built from a Go module, such as a benchmark's own. */
  public Path path(GoProgram program) {
    Path there = cached(program);
    return there != null ? there : new GoBuild(cache, program, progress, go()).run();
  }

  /** The path of a program if it is in the cache, else null; never builds. */
  @Nullable Path cached(GoProgram program) {
    Path path = cache.resolve(program.cacheFolder()).resolve(program.name());
    return Files.isExecutable(path) ? path : null;
  }

  /** Whether {@link #path} would give one: it is in the cache, or Go can build it. */
  boolean available(GoProgram program) {
    return cached(program) != null || go().problem(program.module().oldestGo()) == null;
  }

  private GoToolchain go() {
    return GoToolchain.find(environment);
  }

  private static Path beside(Path program) {
    Path folder = program.getParent();
    if (folder == null) {
      throw new IllegalStateException("a cached program lies in a folder: " + program);
    }
    return folder;
  }
}
