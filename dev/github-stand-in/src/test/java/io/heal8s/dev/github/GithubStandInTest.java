// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class GithubStandInTest {

  private static final String SHOP = "/repos/acme/shop";

  @TempDir private Path directory;
  private @Nullable GithubStandIn running;

  private GithubStandIn start(Edition edition) {
    GithubStandIn made = GithubStandIn.start(edition, directory, Clock.systemUTC());
    made.accounts().token("secret", "robot", Access.WRITE);
    made.accounts().token("reader", "guest", Access.READ);
    running = made;
    return made;
  }

  private static Client client(GithubStandIn standIn, String token) {
    URI api = standIn.apiUrl();
    String graphql = api.getPath().isEmpty() ? "/graphql" : "/api/graphql";
    return new Client(api, api.resolve(graphql), "Bearer " + token);
  }

  @AfterEach
  void stop() {
    if (running != null) {
      running.close();
    }
  }

  private static String put(Client client, String path, String text) throws IOException {
    String content = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    String body = "{\"message\": \"a file\", \"content\": \"" + content + "\"}";
    return Client.json(client.send("PUT", SHOP + "/contents/" + path, body))
        .path("commit")
        .path("sha")
        .asString();
  }

  /** A branch whose one commit changes a file, by the git database. */
  private static String branch(Client client, String base, String name) throws IOException {
    JsonNode commit = client.get(SHOP + "/git/commits/" + base);
    JsonNode tree =
        client.post(
            SHOP + "/git/trees",
            """
            {"base_tree": "%s", "tree": [{"path": "apps/a.yaml", "mode": "100755", "type": "blob", "content": "b: 2\\n"}]}
            """
                .formatted(commit.path("tree").path("sha").asString()));
    String made =
        client
            .post(
                SHOP + "/git/commits",
                """
                {"message": "change", "tree": "%s", "parents": ["%s"]}
                """
                    .formatted(tree.path("sha").asString(), base))
            .path("sha")
            .asString();
    client.post(
        SHOP + "/git/refs", "{\"ref\": \"refs/heads/" + name + "\", \"sha\": \"" + made + "\"}");
    return made;
  }

  private static int pull(Client client, String head) throws IOException {
    return client
        .post(
            SHOP + "/pulls",
            "{\"title\": \"t\", \"body\": \"b\", \"head\": \"" + head + "\", \"base\": \"main\"}")
        .path("number")
        .asInt();
  }

  @ParameterizedTest
  @EnumSource
  void aPullRequestLivesAsDescribedInBothEditions(Edition edition) throws IOException {
    GithubStandIn standIn = start(edition);
    HostedRepository shop = standIn.repository("acme", "shop");
    Client client = client(standIn, "secret");
    String base = put(client, "apps/a.yaml", "a: 1\n");
    String head = branch(client, base, "fix/one");
    int number = pull(client, "fix/one");

    assertThat(client.get(SHOP).path("full_name").asString()).isEqualTo("acme/shop");
    assertThat(client.get(SHOP + "/branches/fix/one").path("commit").path("sha").asString())
        .isEqualTo(head);
    assertThat(client.get(SHOP + "/contents/apps/a.yaml?ref=" + head).path("content").asString())
        .isEqualTo("YjogMgo=\n");
    assertThat(client.get(SHOP + "/contents/apps").get(0).path("name").asString())
        .isEqualTo("a.yaml");
    assertThat(client.get(SHOP + "/commits?sha=fix/one&per_page=1").get(0).path("sha").asString())
        .isEqualTo(head);
    assertThat(client.get(SHOP + "/pulls?state=all&head=acme:fix/one").size()).isEqualTo(1);
    client.post(SHOP + "/issues/" + number + "/labels", "{\"labels\": [\"heal8s\"]}");
    client.post(
        SHOP + "/pulls/" + number + "/requested_reviewers",
        "{\"reviewers\": [\"ada\"], \"team_reviewers\": [\"ops\"]}");
    client.post(SHOP + "/issues/" + number + "/comments", "{\"body\": \"hello\"}");
    JsonNode merged =
        Client.json(
            client.send(
                "PUT", SHOP + "/pulls/" + number + "/merge", "{\"merge_method\": \"squash\"}"));

    JsonNode after = client.get(SHOP + "/pulls/" + number);
    assertThat(after.path("merged").asBoolean()).isTrue();
    assertThat(after.path("merge_commit_sha").asString()).isEqualTo(merged.path("sha").asString());
    assertThat(after.path("labels").get(0).path("name").asString()).isEqualTo("heal8s");
    assertThat(shop.pulls().getFirst().reviewers()).containsExactly("ada");
    assertThat(shop.pulls().getFirst().comments()).containsExactly("hello");
    assertThat(client.get(SHOP + "/contents/apps/a.yaml").path("content").asString())
        .isEqualTo("YjogMgo=\n");
    standIn.assertConformant();
  }

  @ParameterizedTest
  @ValueSource(strings = {"merge", "rebase"})
  void theOtherMergesMakeTheirOwnHistory(String method) throws IOException {
    GithubStandIn standIn = start(Edition.COM);
    HostedRepository shop = standIn.repository("acme", "shop");
    Client client = client(standIn, "secret");
    String base = put(client, "apps/a.yaml", "a: 1\n");
    branch(client, base, "fix");
    int number = pull(client, "fix");
    put(client, "other.txt", "other\n");

    if (method.equals("merge")) {
      shop.merge(number);
    } else {
      shop.rebase(number);
    }

    JsonNode tip = client.get(SHOP + "/commits?per_page=1").get(0);
    assertThat(tip.path("parents").size()).isEqualTo(method.equals("merge") ? 2 : 1);
    assertThat(shop.pulls().getFirst().state()).isEqualTo("merged");
    standIn.assertConformant();
  }

  @Test
  void aDeletedBranchClosesItsPullRequest() throws IOException {
    GithubStandIn standIn = start(Edition.COM);
    HostedRepository shop = standIn.repository("acme", "shop");
    Client client = client(standIn, "secret");
    branch(client, put(client, "apps/a.yaml", "a: 1\n"), "fix");
    pull(client, "fix");

    client.send("DELETE", SHOP + "/git/refs/heads/fix", null);

    assertThat(shop.pulls().getFirst().state()).isEqualTo("closed");
    standIn.assertConformant();
  }

  @Test
  void graphqlIsCheckedAndCarriedOut() throws IOException {
    GithubStandIn standIn = start(Edition.COM);
    HostedRepository shop = standIn.repository("acme", "shop");
    Client client = client(standIn, "secret");
    String base = put(client, "apps/a.yaml", "a: 1\n");
    branch(client, base, "fix");
    String id =
        graphql(
                client,
                "query { repository(owner: \\\"acme\\\", name: \\\"shop\\\") { id object(oid: \\\""
                    + base
                    + "\\\") { ... on Commit { tree { oid } file(path: \\\"apps/a.yaml\\\") { mode } } } } }")
            .path("data")
            .path("repository")
            .path("id")
            .asString();
    JsonNode made =
        graphql(
            client,
            "mutation { createPullRequest(input: {repositoryId: \\\""
                + id
                + "\\\", baseRefName: \\\"main\\\", headRefName: \\\"fix\\\", title: \\\"t\\\"}) { pullRequest { number id } } }");
    JsonNode again =
        graphql(
            client,
            "mutation { createPullRequest(input: {repositoryId: \\\""
                + id
                + "\\\", baseRefName: \\\"main\\\", headRefName: \\\"fix\\\", title: \\\"t\\\"}) { pullRequest { number } } }");

    assertThat(
            made.path("data").path("createPullRequest").path("pullRequest").path("number").asInt())
        .isEqualTo(1);
    assertThat(again.path("errors").get(0).path("message").asString()).contains("already exists");
    assertThat(shop.pulls()).hasSize(1);
    standIn.assertConformant();
  }

  private static JsonNode graphql(Client client, String document) throws IOException {
    return client.post("/graphql", "{\"query\": \"" + document + "\"}");
  }

  @Test
  void whatGithubDoesNotDescribeFailsLoudly() throws IOException {
    GithubStandIn standIn = start(Edition.COM);
    standIn.repository("acme", "shop");
    Client client = client(standIn, "secret");

    List<Integer> statuses =
        List.of(
            client.send("GET", SHOP + "/pulls?colour=red", null).statusCode(),
            client.send("GET", SHOP + "/pulls?state=ajar", null).statusCode(),
            client.send("POST", SHOP + "/pulls", "{\"title\": \"t\"}").statusCode(),
            client.send("GET", SHOP + "/pulls/one", null).statusCode(),
            client.send("GET", SHOP + "/git/refs/heads/main", null).statusCode(),
            client.send("GET", "/nothing/of/the/kind", null).statusCode(),
            client
                .send("POST", "/graphql", "{\"query\": \"{ viewer { shoeSize } }\"}")
                .statusCode(),
            client
                .send("POST", "/graphql", "{\"query\": \"query($a: ID!) { viewer { login } }\"}")
                .statusCode());

    assertThat(statuses).containsOnly(500);
    assertThat(standIn.violations()).hasSizeGreaterThanOrEqualTo(statuses.size());
    assertThatThrownBy(standIn::assertConformant).isInstanceOf(AssertionError.class);
  }

  @Test
  void anAnswerThatBreaksTheDescriptionIsFound() {
    Operation get = Edition.COM.description().operation("GET", SHOP_TEMPLATE);

    assertThat(get.problems(200, Answer.notFound().body())).isNotEmpty();
    assertThat(get.problems(418, null)).isNotEmpty();
  }

  private static final String SHOP_TEMPLATE = "/repos/{owner}/{repo}";

  @Test
  void whoMayWhat() throws IOException {
    GithubStandIn standIn = start(Edition.COM);
    standIn.repository("acme", "shop");
    put(client(standIn, "secret"), "a.txt", "a");

    assertThat(client(standIn, "wrong").send("GET", SHOP, null).statusCode()).isEqualTo(401);
    assertThat(client(standIn, "reader").send("GET", SHOP, null).statusCode()).isEqualTo(200);
    assertThat(
            client(standIn, "reader")
                .send("POST", SHOP + "/git/refs", "{\"ref\": \"refs/heads/x\", \"sha\": \"x\"}")
                .statusCode())
        .isEqualTo(403);
    assertThat(client(standIn, "secret").send("GET", "/repos/acme/none", null).statusCode())
        .isEqualTo(404);
    standIn.assertConformant();
  }

  @Test
  void whoHasItAlreadyGetsNoBodyAndPaysNothing() throws IOException {
    GithubStandIn standIn = start(Edition.COM);
    standIn.repository("acme", "shop");
    Client client = client(standIn, "secret");
    standIn.remaining(100);
    HttpResponse<String> first = client.send("GET", SHOP, null);
    String tag = first.headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> second = client.send("GET", SHOP, null, "If-None-Match", tag);

    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    assertThat(second.headers().firstValue("X-RateLimit-Remaining")).contains("99");
    assertThat(standIn.exchanged().getLast()).isEqualTo(new Exchanged("GET", SHOP, 304, "robot"));
  }

  @Test
  void faultsComeWhenAskedFor() throws IOException {
    GithubStandIn standIn = start(Edition.COM);
    HostedRepository shop = standIn.repository("acme", "shop");
    Client client = client(standIn, "secret");
    String base = put(client, "a.txt", "a");
    standIn.faults().next(r -> true, Fault.secondaryLimit(Duration.ofSeconds(30)));
    HttpResponse<String> limited = client.send("GET", SHOP, null);
    standIn.faults().next(r -> r.writes(), new Fault.LostReply());
    String lost = "{\"ref\": \"refs/heads/lost\", \"sha\": \"" + base + "\"}";

    assertThat(limited.statusCode()).isEqualTo(403);
    assertThat(limited.headers().firstValue("Retry-After")).contains("30");
    assertThat(client.send("GET", SHOP, null).statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> client.send("POST", SHOP + "/git/refs", lost))
        .isInstanceOf(IOException.class);
    assertThat(shop.branch("lost")).isPresent();
    standIn.assertConformant();
  }

  @Test
  void anAppTradesItsAssertionForAToken() throws IOException, GeneralSecurityException {
    GithubStandIn standIn = start(Edition.COM);
    standIn.repository("acme", "shop");
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair keys = generator.generateKeyPair();
    standIn.accounts().app(7, keys.getPublic(), 70, "heal8s", Access.WRITE);
    Client app = client(standIn, assertion(keys, 7, Instant.now()));
    Client stale = client(standIn, assertion(keys, 7, Instant.now().minusSeconds(3600)));

    String token = app.post("/app/installations/70/access_tokens", "{}").path("token").asString();

    assertThat(app.get("/app").path("id").asInt()).isEqualTo(7);
    assertThat(app.get("/app/installations/70").path("app_id").asInt()).isEqualTo(7);
    assertThat(client(standIn, token).get(SHOP).path("name").asString()).isEqualTo("shop");
    assertThat(standIn.exchanged().getLast().login()).isEqualTo("heal8s[bot]");
    assertThat(stale.send("GET", "/app", null).statusCode()).isEqualTo(401);
    standIn.accounts().revokeInstallations();
    assertThat(client(standIn, token).send("GET", SHOP, null).statusCode()).isEqualTo(401);
    standIn.assertConformant();
  }

  private static String assertion(KeyPair keys, long app, Instant at)
      throws GeneralSecurityException {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String head = encoder.encodeToString("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8));
    String claims =
        "{\"iss\":\"%d\",\"iat\":%d,\"exp\":%d}"
            .formatted(app, at.getEpochSecond() - 10, at.getEpochSecond() + 300);
    String signed = head + "." + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(keys.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + encoder.encodeToString(signature.sign());
  }

  @ParameterizedTest
  @EnumSource
  void aWorkflowRunLivesAsTheTestSays(Edition edition) throws IOException {
    GithubStandIn standIn = start(edition);
    standIn.repository("acme", "shop");
    Client client = client(standIn, "secret");
    put(client, "a.txt", "a");
    standIn.runs().workflow("acme/shop", "scale.yml", List.of("replicas"));
    standIn
        .runs()
        .script(
            WorkflowRuns.State.QUEUED,
            WorkflowRuns.State.IN_PROGRESS,
            WorkflowRuns.State.completed("success"));
    String workflow = SHOP + "/actions/workflows/scale.yml";
    HttpResponse<String> dispatched =
        client.send(
            "POST",
            workflow + "/dispatches",
            """
            {"ref": "main", "inputs": {"replicas": "3"}, "return_run_details": true}
            """);
    long run =
        client
            .get(workflow + "/runs?event=workflow_dispatch")
            .path("workflow_runs")
            .get(0)
            .path("id")
            .asLong();
    standIn.runs().artifact(run, "report", 12);

    assertThat(dispatched.statusCode()).isEqualTo(edition == Edition.COM ? 200 : 204);
    assertThat(standIn.runs().dispatched().getFirst().inputs()).containsEntry("replicas", "3");
    assertThat(client.get(workflow).path("state").asString()).isEqualTo("active");
    String path = SHOP + "/actions/runs/" + run;
    assertThat(client.get(path).path("status").asString()).isEqualTo("queued");
    assertThat(client.get(path).path("status").asString()).isEqualTo("in_progress");
    assertThat(client.get(path).path("conclusion").asString()).isEqualTo("success");
    assertThat(client.get(path + "/jobs").path("jobs").get(0).path("conclusion").asString())
        .isEqualTo("success");
    assertThat(client.get(path + "/artifacts").path("artifacts").get(0).path("name").asString())
        .isEqualTo("report");
    assertThat(client.send("POST", path + "/cancel", null).statusCode()).isEqualTo(409);
    standIn.assertConformant();
  }

  @Test
  void aWorkflowRunIsCancelledAndWrongInputsAreRefused() throws IOException {
    GithubStandIn standIn = start(Edition.COM);
    standIn.repository("acme", "shop");
    Client client = client(standIn, "secret");
    put(client, "a.txt", "a");
    standIn.runs().workflow("acme/shop", "scale.yml", List.of());
    String dispatches = SHOP + "/actions/workflows/scale.yml/dispatches";
    long run =
        client
            .post(dispatches, "{\"ref\": \"main\", \"return_run_details\": true}")
            .path("workflow_run_id")
            .asLong();

    assertThat(client.send("POST", SHOP + "/actions/runs/" + run + "/cancel", null).statusCode())
        .isEqualTo(202);
    assertThat(client.get(SHOP + "/actions/runs/" + run).path("conclusion").asString())
        .isEqualTo("cancelled");
    assertThat(
            client
                .send("POST", dispatches, "{\"ref\": \"main\", \"inputs\": {\"x\": \"1\"}}")
                .statusCode())
        .isEqualTo(422);
    standIn.assertConformant();
  }
}
