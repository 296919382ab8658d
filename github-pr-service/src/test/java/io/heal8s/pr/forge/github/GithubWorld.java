// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.github;

import io.heal8s.core.api.k8shealer.remediation.Repository;
import io.heal8s.core.http.address.Cidr;
import io.heal8s.dev.github.Access;
import io.heal8s.dev.github.Edition;
import io.heal8s.dev.github.Fault;
import io.heal8s.dev.github.Faults;
import io.heal8s.dev.github.GithubStandIn;
import io.heal8s.dev.github.HostedRepository;
import io.heal8s.dev.github.PullView;
import io.heal8s.pr.forge.CredentialsDirectory;
import io.heal8s.pr.forge.Forge;
import io.heal8s.pr.forge.ForgeMetrics;
import io.heal8s.pr.forge.ForgeWorld;
import io.heal8s.pr.forge.GitRepository;
import io.heal8s.pr.forge.ManualClock;
import io.heal8s.pr.forge.Samples;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A repository at a GitHub on loopback, to which people push by the real git. */
final class GithubWorld implements ForgeWorld {

  static final String TOKEN = "ghp_secret";

  private final Path directory;
  private final ManualClock clock = new ManualClock();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final GitRepository git;
  private final GithubStandIn standIn;
  private final HostedRepository shop;
  private final List<GithubForge> forges = new ArrayList<>();

  GithubWorld(Path directory, Edition edition) {
    this(directory, edition, null);
  }

  /** A world whose GitHub goes by another clock. */
  GithubWorld(Path directory, Edition edition, @Nullable InstantSource time) {
    this.directory = directory;
    this.git = new GitRepository(directory, PATH, Samples.MANIFEST);
    this.standIn = GithubStandIn.start(edition, directory, time == null ? clock : time);
    this.shop = standIn.repository("acme", "shop", git.bare());
    standIn.accounts().token(TOKEN, "heal8s-robot", Access.WRITE);
    mount("default", "token", TOKEN + "\n");
    newForge(settings());
  }

  /** Settings that allow loopback, where the stand-in is. */
  GithubSettings settings() {
    return new GithubSettings(
        standIn.apiUrl(), List.of(Cidr.valueOf("127.0.0.0/8")), Duration.ofSeconds(20), 4 << 20);
  }

  GithubForge newForge(GithubSettings settings) {
    GithubForge made =
        new GithubForge(
            settings,
            new CredentialsDirectory(directory.resolve("credentials")),
            clock,
            new ForgeMetrics(meters, "github"));
    forges.add(made);
    return made;
  }

  /** Mounts one file of one set of credentials. */
  void mount(String name, String file, String content) {
    try {
      Path mounted = Files.createDirectories(directory.resolve("credentials").resolve(name));
      Files.writeString(mounted.resolve(file), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void unmount(String name, String file) {
    try {
      Files.delete(directory.resolve("credentials").resolve(name).resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  GithubStandIn github() {
    return standIn;
  }

  HostedRepository shop() {
    return shop;
  }

  GitRepository git() {
    return git;
  }

  MeterRegistry meters() {
    return meters;
  }

  /** Whether a request is a mutation that makes a pull request. */
  static boolean opens(Faults.Request request) {
    return request.body().contains("createPullRequest");
  }

  @Override
  public ManualClock clock() {
    return clock;
  }

  @Override
  public Repository repository() {
    return new Repository(
        "github",
        "acme/shop",
        "main",
        PATH,
        null,
        List.of("ada", "acme/platform"),
        List.of("heal8s", "memory"),
        null,
        null,
        null);
  }

  @Override
  public Forge forge() {
    return forges.getFirst();
  }

  @Override
  public Forge another() {
    return newForge(settings());
  }

  @Override
  public void commit(String path, String content) {
    git.commit(path, content);
  }

  @Override
  public String base(String path) {
    return git.base(path);
  }

  @Override
  public String branch(String branch, String path) {
    return git.branch(branch, path);
  }

  @Override
  public boolean exists(String branch) {
    return git.exists(branch);
  }

  @Override
  public int made() {
    List<String> heads = shop.pulls().stream().map(PullView::head).toList();
    long alone =
        git.branches().stream()
            .filter(branch -> branch.startsWith("heal8s/") && !heads.contains(branch))
            .count();
    return heads.size() + (int) alone;
  }

  @Override
  public int commits(String branch) {
    return git.commits(branch);
  }

  private int number(String branch) {
    return shop.pulls().stream()
        .filter(pull -> pull.head().equals(branch) && pull.state().equals("open"))
        .findFirst()
        .orElseThrow()
        .number();
  }

  @Override
  public void merge(String branch) {
    shop.merge(number(branch));
  }

  @Override
  public void squash(String branch) {
    shop.squash(number(branch));
  }

  @Override
  public void rebase(String branch) {
    shop.rebase(number(branch));
  }

  @Override
  public void close(String branch) {
    shop.close(number(branch));
  }

  @Override
  public void push(String branch, String path, String content) {
    git.push(branch, path, content);
  }

  @Override
  public void strangersBranch(String branch) {
    git.newBranch(branch, "stranger.txt", "not ours\n");
  }

  @Override
  public void loseNextReply() {
    standIn.faults().next(GithubWorld::opens, new Fault.LostReply());
  }

  /** Ends the world; fails if anything in it was not as GitHub describes it. */
  @Override
  public void close() {
    forges.forEach(GithubForge::close);
    standIn.close();
    standIn.assertConformant();
  }
}
