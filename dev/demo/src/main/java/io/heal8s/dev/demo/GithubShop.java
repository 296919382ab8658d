// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import com.google.gson.JsonObject;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.jspecify.annotations.Nullable;

/** The shop's manifest in a repository at GitHub, in a folder of its own. */
final class GithubShop implements DemoForge {

  private static final String FILE = "heal8s-demo/shop/shop-api.yaml";
  private static final String CREDENTIALS = "github-demo";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final GithubTarget target;
  private final GithubApi api;
  private final Path credentials;
  private final String base;

  private GithubShop(GithubTarget target, GithubApi api, Path credentials, String base) {
    this.target = target;
    this.api = api;
    this.credentials = credentials;
    this.base = base;
  }

  /**
   * Puts the manifest into the repository's default branch as it is before the shop fails.
   *
   * @param directory for the service's credentials; only this user may read it
   */
  static GithubShop create(GithubTarget target, Path directory, String manifest) {
    GithubApi api = new GithubApi(target);
    GithubApi.Answer repository = api.get("");
    if (repository.status() != 200) {
      throw new IllegalStateException(
          target + " cannot be used: " + repository.said() + "; correct the name or the token");
    }
    String base = repository.object().get("default_branch").getAsString();
    GithubShop shop = new GithubShop(target, api, directory.resolve("forge-credentials"), base);
    shop.writeCredentials();
    shop.push(manifest);
    return shop;
  }

  private void writeCredentials() {
    try {
      Path mounted = Files.createDirectories(credentials.resolve(CREDENTIALS));
      Files.writeString(mounted.resolve("token"), target.token());
      Files.writeString(mounted.resolve("apiUrl"), target.api().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void push(String manifest) {
    GithubApi.Answer there = api.get("/contents/" + FILE);
    if (there.status() == 200 && decoded(there.object()).equals(manifest)) {
      return;
    }
    JsonObject body = new JsonObject();
    body.addProperty("message", "heal8s demo: what runs today");
    body.addProperty(
        "content", Base64.getEncoder().encodeToString(manifest.getBytes(StandardCharsets.UTF_8)));
    body.addProperty("branch", base);
    if (there.status() == 200) {
      body.addProperty("sha", there.object().get("sha").getAsString());
    }
    GithubApi.Answer pushed = api.send("PUT", "/contents/" + FILE, body);
    if (pushed.status() / 100 != 2) {
      throw new IllegalStateException(
          "the manifest cannot be pushed to %s of %s: %s".formatted(base, target, pushed.said()));
    }
  }

  private static String decoded(JsonObject content) {
    return new String(
        Base64.getMimeDecoder().decode(content.get("content").getAsString()),
        StandardCharsets.UTF_8);
  }

  @Override
  public String file() {
    return FILE;
  }

  @Override
  public String rule() {
    return """
          - namespaces: [shop]
            forge: github
            repository: %s
            baseBranch: %s
            path: "heal8s-demo/{namespace}/{name}.yaml"
            credentials: %s
        """
        .formatted(target.repository(), base, CREDENTIALS);
  }

  @Override
  public List<String> serviceArguments() {
    List<String> arguments = new ArrayList<>();
    // A poll is conditional and costs nothing while nothing happens.
    arguments.add("--heal8s.pr.poll-interval=2s");
    arguments.add("--heal8s.pr.credentials-directory=" + credentials);
    String own = notPublic();
    if (own != null) {
      arguments.add("--heal8s.pr.github.allowed-cidrs=" + own);
    }
    return arguments;
  }

  /** The server's address, where the person named one in a network of their own. */
  private @Nullable String notPublic() {
    try {
      InetAddress address = InetAddress.getByName(target.api().getHost());
      boolean own = address.isLoopbackAddress() || address.isSiteLocalAddress();
      return own ? address.getHostAddress() : null;
    } catch (IOException e) {
      throw new IllegalStateException(target.api().getHost() + " cannot be resolved", e);
    }
  }

  @Override
  public String branch() {
    return base;
  }

  @Override
  public @Nullable String head() {
    return head(base);
  }

  private @Nullable String head(String branch) {
    GithubApi.Answer answer = api.get("/branches/" + branch);
    if (answer.status() == 404) {
      return null;
    }
    if (answer.status() != 200) {
      throw new IllegalStateException(
          "GitHub does not say where " + branch + " is: " + answer.said());
    }
    return answer.object().getAsJsonObject("commit").get("sha").getAsString();
  }

  @Override
  public String content(String commit, String file) {
    GithubApi.Answer answer = api.get("/contents/" + file + "?ref=" + commit);
    if (answer.status() != 200) {
      throw new IllegalStateException(file + " at " + commit + ": " + answer.said());
    }
    return decoded(answer.object());
  }

  @Override
  public String diff(PullRequest pullRequest) {
    RawText before = text(content(Objects.requireNonNull(head()), FILE));
    RawText after = text(content(Objects.requireNonNull(pullRequest.headSHA()), FILE));
    EditList edits = new HistogramDiff().diff(RawTextComparator.DEFAULT, before, after);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DiffFormatter formatter = new DiffFormatter(out)) {
      formatter.format(edits, before, after);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "--- a/" + FILE + "\n+++ b/" + FILE + "\n" + out.toString(StandardCharsets.UTF_8);
  }

  private static RawText text(String content) {
    return new RawText(content.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String text(PullRequest pullRequest) {
    JsonObject pull = api.get("/pulls/" + pullRequest.number()).object();
    return pull.get("title").getAsString() + "\n\n" + pull.get("body").getAsString();
  }

  @Override
  public void merge(PullRequest pullRequest) throws InterruptedException {
    JsonObject body = new JsonObject();
    body.addProperty("sha", pullRequest.headSHA());
    body.addProperty("merge_method", "merge");
    String[] said = {""};
    try {
      // GitHub works out whether it can be merged after it was opened.
      Waiting.until(
          "merge at GitHub",
          PATIENCE,
          Duration.ofSeconds(2),
          () -> {
            GithubApi.Answer answer =
                api.send("PUT", "/pulls/" + pullRequest.number() + "/merge", body);
            said[0] = answer.said();
            return answer.status() == 200;
          });
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "pull request #%d was not merged: %s".formatted(pullRequest.number(), said[0]), e);
    }
    api.send("DELETE", "/git/refs/heads/" + pullRequest.branch(), null);
  }

  @Override
  public void close() {
    try {
      // The token was the person's; nothing of it stays.
      Files.deleteIfExists(credentials.resolve(CREDENTIALS).resolve("token"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
