// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/**
 * A running stand-in. {@link #assertConformant()} belongs at the end of every test: a request or an
 * answer that breaks GitHub's description is answered 500 and kept.
 */
public final class GithubStandIn implements AutoCloseable {

  private final Edition edition;
  private final Path directory;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Accounts accounts;
  private final Faults faults = new Faults();
  private final Hosting hosting;
  private final WorkflowRuns runs;
  private final Front front;
  private final Hook hook;

  private GithubStandIn(Edition edition, Path directory, InstantSource clock) throws IOException {
    this.edition = edition;
    this.directory = directory;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Links links = new Links("http://127.0.0.1:" + server.getAddress().getPort(), edition.root());
    this.accounts = new Accounts(clock);
    this.hosting = new Hosting(links, clock);
    this.runs = new WorkflowRuns(clock);
    Routes routes = new Routes(edition.description());
    new AppRoutes(accounts, hosting).addTo(routes);
    new RepositoryRoutes(hosting, links).addTo(routes);
    new GitRoutes(hosting, links).addTo(routes);
    new PullRequestRoutes(hosting, links).addTo(routes);
    new ActionsRoutes(hosting, runs, links).addTo(routes);
    this.front =
        new Front(
            edition,
            links,
            accounts,
            faults,
            routes,
            new GraphqlRoute(new GraphqlActions(hosting, links)),
            clock);
    this.hook = new Hook(links, edition.description());
    server.createContext("/", front);
    server.setExecutor(threads);
    server.start();
  }

  /**
   * Starts one.
   *
   * @param directory for repositories that it makes itself
   * @param clock time of everything it does, and of tokens
   * @throws IllegalStateException when GitHub's descriptions are not installed
   */
  public static GithubStandIn start(Edition edition, Path directory, InstantSource clock) {
    try {
      return new GithubStandIn(edition, directory, clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Address of the REST API, without a slash at the end. */
  public URI apiUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + edition.root());
  }

  /** Tokens and apps; there is none at first. */
  public Accounts accounts() {
    return accounts;
  }

  /** What is to go wrong. */
  public Faults faults() {
    return faults;
  }

  /** Lives of workflow runs. */
  public WorkflowRuns runs() {
    return runs;
  }

  /** A new, empty repository with the base branch {@code main}. */
  public HostedRepository repository(String owner, String name) {
    return repository(owner, name, directory.resolve(owner).resolve(name + ".git"));
  }

  /** Hosts a bare repository, which is made if it does not exist. */
  public HostedRepository repository(String owner, String name, Path bare) {
    return hosting.add(owner, name, bare);
  }

  /** How many requests an hour are left; sent with every answer and counted down. */
  public void remaining(int requests) {
    front.remaining(requests);
  }

  /**
   * Tells a webhook that a pull request was merged or closed, as GitHub does.
   *
   * @param key the secret that both sides know
   * @return how the delivery was answered
   */
  public int deliverClosed(HostedRepository repository, int number, URI webhook, String key) {
    JsonNode delivery = hook.closed(repository.find(number).orElseThrow());
    List<String> problems = hook.problems(delivery);
    if (!problems.isEmpty()) {
      front.broken("pull_request closed", problems);
    }
    try {
      return Hook.send(delivery, webhook, key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything that was asked since the start or the last {@link #forget()}. */
  public List<Exchanged> exchanged() {
    return front.exchanged();
  }

  /** Forgets what was asked. */
  public void forget() {
    front.forget();
  }

  /** What broke GitHub's description so far. */
  public List<String> violations() {
    return front.violations();
  }

  /**
   * Ends a test.
   *
   * @throws AssertionError naming every request or answer that broke GitHub's description
   */
  public void assertConformant() {
    List<String> broken = violations();
    if (!broken.isEmpty()) {
      throw new AssertionError(
          "against GitHub's published description:\n  " + String.join("\n  ", broken));
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    hosting.close();
  }
}
