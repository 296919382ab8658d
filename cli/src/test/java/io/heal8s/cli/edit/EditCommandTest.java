// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.edit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heal8s.cli.Heal8s;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class EditCommandTest {

  private static final String API =
      """
      # the API
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: api
      spec:
        replicas: 2   # two
        template:
          spec:
            initContainers:
              - name: migrate
                image: migrate:1
            containers:
              - name: api
                image: shop/api:1.4.2
                resources:
                  requests: {memory: 262144Ki}
                  limits: {memory: 256Mi}
      """;

  @TempDir Path folder;

  private record Result(int code, String out, String err) {}

  private static Result heal8s(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Heal8s.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
            .execute(Stream.of(args).map(Object::toString).toArray(String[]::new));
    return new Result(code, out.toString(), err.toString());
  }

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void printsTheDifferenceAndLeavesTheFile() throws IOException {
    Path file = file("api.yaml", API);

    Result result = heal8s("edit", file, "--target", "Deployment/api", "--replicas", 4);

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out())
        .startsWith("--- a" + file + "\n+++ b" + file + "\n@@ -4,7 +4,7 @@\n")
        .contains("\n-  replicas: 2   # two\n+  replicas: 4   # two\n");
    assertThat(Files.readString(file)).isEqualTo(API);
  }

  @Test
  void requestFollowsTheLimitWhereBothWereTheSameAmount() throws IOException {
    Path file = file("api.yaml", API);

    Result result = heal8s("edit", file, "--target", "deploy/api", "--memory", "512Mi", "--write");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(Files.readString(file))
        .isEqualTo(API.replace("262144Ki", "512Mi").replace("256Mi", "512Mi"));
    assertThat(result.out())
        .isEqualTo(
            file
                + ":18: resources.limits.memory 256Mi → 512Mi\n"
                + file
                + ":17: resources.requests.memory 262144Ki → 512Mi\n");
  }

  @Test
  void requestStaysWhereItWasLowerThanTheLimit() throws IOException {
    Path file = file("api.yaml", API.replace("262144Ki", "64Mi"));

    heal8s("edit", file, "--target", "Deployment/api", "--memory", "1Gi", "--write");

    assertThat(Files.readString(file))
        .isEqualTo(API.replace("262144Ki", "64Mi").replace("256Mi", "1Gi"));
  }

  @Test
  void missingLimitIsInsertedAndTheRequestStays() throws IOException {
    String noLimit = API.replace("            limits: {memory: 256Mi}\n", "");
    Path file = file("api.yaml", noLimit);

    Result result =
        heal8s("edit", file, "--target", "Deployment/api", "--memory", "512Mi", "--write");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(Files.readString(file))
        .isEqualTo(noLimit + "            limits:\n              memory: 512Mi\n");
    assertThat(result.out()).contains("resources.limits.memory added → 512Mi");
  }

  @Test
  void limitBelowTheRequestIsRefused() throws IOException {
    Path file = file("api.yaml", API.replace("262144Ki", "200Mi"));

    Result result =
        heal8s("edit", file, "--target", "Deployment/api", "--memory", "128Mi", "--write");

    assertThat(result.code()).isEqualTo(3);
    assertThat(result.err())
        .isEqualTo(
            file
                + ":17: the request of 200Mi would exceed the limit of 128Mi; lower the request"
                + " first or choose a higher limit\n");
    assertThat(Files.readString(file)).contains("256Mi");
  }

  @Test
  void aPersonMayLowerALimit() throws IOException {
    Path file = file("api.yaml", API);

    heal8s("edit", file, "--target", "Deployment/api", "--memory", "128Mi", "--write");

    assertThat(Files.readString(file)).contains("limits: {memory: 128Mi}");
  }

  @Test
  void nothingToChangeIsSaid() throws IOException {
    Path file = file("api.yaml", API);

    Result result =
        heal8s(
            "edit",
            file,
            "--target",
            "Deployment/api",
            "--memory",
            "0.25Gi",
            "--replicas",
            "2",
            "--image",
            "shop/api:1.4.2");

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .startsWith(file + ":18: nothing to change, resources.limits.memory is 256Mi already")
        .contains("image is shop/api:1.4.2 already, replicas is 2 already");
  }

  @Test
  void severalContainersMustBeNamed() throws IOException {
    Path file = file("api.yaml", API + "        - {name: log, image: log:1}\n");

    Result unnamed = heal8s("edit", file, "--target", "Deployment/api", "--image", "log:2");
    Result named =
        heal8s(
            "edit", file, "--target", "Deployment/api", "--container", "log", "--image", "log:2");
    Result init =
        heal8s(
            "edit", file, "--target", "Deployment/api", "--container", "migrate", "--image", "m:2");

    assertThat(unnamed.code()).isEqualTo(3);
    assertThat(unnamed.err())
        .isEqualTo(file + ":14: there are 2 containers, name one with --container: api, log\n");
    assertThat(named.out()).contains("+        - {name: log, image: log:2}");
    assertThat(init.code()).as("an init container is never chosen").isEqualTo(3);
    assertThat(init.err()).contains("only api, log");
  }

  @ParameterizedTest
  @CsvSource({
    "deployment.apps/api, 0",
    "deployments.v1.apps/api, 0",
    "Deployment.v1.apps/api, 0",
    "deployment.batch/api, 2",
    "deployment./api, 2",
    "pod.v1/api, 2"
  })
  void targetsAreUnderstoodAsKubectlPrintsThem(String target, int code) throws IOException {
    Path file = file("api.yaml", API);

    assertThat(heal8s("edit", file, "--target", target, "--replicas", 3).code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "StatefulSet, 'spec: {template: {spec: {containers: [{image: a:1}]}}}'",
    "DaemonSet, 'spec: {template: {spec: {containers: [{image: a:1}]}}}'",
    "ReplicaSet, 'spec: {template: {spec: {containers: [{image: a:1}]}}}'",
    "Job, 'spec: {template: {spec: {containers: [{image: a:1}]}}}'",
    "CronJob, 'spec: {jobTemplate: {spec: {template: {spec: {containers: [{image: a:1}]}}}}}'",
    "Pod, 'spec: {containers: [{image: a:1}]}'",
    "Rollout, 'spec: {template: {spec: {containers: [{image: a:1}]}}}'"
  })
  void everyKindHasItsPodWhereItBelongs(String kind, String spec) throws IOException {
    String text = "kind: " + kind + "\nmetadata: {name: one}\n" + spec + "\n";
    Path file = file("one.yaml", text);

    Result result = heal8s("edit", file, "--target", kind + "/one", "--image", "a:2", "--write");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(Files.readString(file)).isEqualTo(text.replace("a:1", "a:2"));
  }

  @Test
  void ofAFolderTheFilesThatHoldTheTargetAreEdited() throws IOException {
    Path base = file("repo/base/api.yaml", API);
    file("repo/base/web.yaml", API.replace("name: api", "name: web"));
    file("repo/base/notes.md", API);
    file("repo/.git/api.yaml", API);
    file("repo/chart/templates/api.yaml", "{{- if .Values.api }}\nkind: Deployment\n{{ end }}");
    file("repo/patch/api.yaml", "kind: Deployment\nmetadata: {name: api}\nspec: {paused: true}\n");

    Result result =
        heal8s("edit", folder.resolve("repo"), "--target", "Deployment/api", "--memory", "1Gi");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out().lines().filter(l -> l.startsWith("+++ ")))
        .containsExactly("+++ b" + base);
    assertThat(result.err()).isEmpty();
  }

  @Test
  void aLinkToAFolderIsTheFolder() throws IOException {
    file("repo/api.yaml", API);
    Path link = Files.createSymbolicLink(folder.resolve("current"), folder.resolve("repo"));

    Result result = heal8s("edit", link, "--target", "Deployment/api", "--replicas", 3);

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("+++ b" + link.resolve("api.yaml") + "\n");
  }

  @Test
  void aFileThatIsNamedTwiceIsEditedOnce() throws IOException {
    Path file = file("repo/api.yaml", API);

    Result result =
        heal8s("edit", file, folder.resolve("repo"), "--target", "Deployment/api", "--replicas", 3);

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out().lines().filter(l -> l.startsWith("+++ "))).hasSize(1);
  }

  @Test
  void aFolderWithoutTheTargetIsRefused() throws IOException {
    file("repo/web.yaml", API.replace("name: api", "name: web"));

    Result result =
        heal8s("edit", folder.resolve("repo"), "--target", "Deployment/api", "--replicas", 3);

    assertThat(result.code()).isEqualTo(3);
    assertThat(result.err())
        .isEqualTo(
            folder.resolve("repo") + ":1: no manifest below this folder holds Deployment api\n");
  }

  @Test
  void aFolderWhoseOnlyMentionIsATemplateSaysSo() throws IOException {
    Path template = file("repo/api.yaml", "kind: Deployment\nname: {{ .api }}\n");

    Result result =
        heal8s("edit", folder.resolve("repo"), "--target", "Deployment/api", "--replicas", 3);

    assertThat(result.code()).isEqualTo(3);
    assertThat(result.err()).startsWith(template + ":2: a template expression");
  }

  @Test
  void oneRefusedFileDoesNotStopTheOthers() throws IOException {
    Path broken = file("broken.yaml", "a: [\n");
    Path good = file("good.yaml", API);

    Result result =
        heal8s("edit", broken, good, "--target", "Deployment/api", "--replicas", 3, "--write");

    assertThat(result.code()).isEqualTo(3);
    assertThat(result.err().lines()).singleElement().asString().startsWith(broken + ":");
    assertThat(Files.readString(good)).isEqualTo(API.replace("replicas: 2", "replicas: 3"));
  }

  @Test
  void namespaceTellsObjectsApart() throws IOException {
    String two =
        """
        {kind: Deployment, metadata: {name: api, namespace: a}, spec: {replicas: 1}}
        ---
        {kind: Deployment, metadata: {name: api, namespace: b}, spec: {replicas: 1}}
        """;
    Path file = file("two.yaml", two);

    assertThat(heal8s("edit", file, "--target", "Deployment/api", "--replicas", 3).code())
        .isEqualTo(3);
    heal8s(
        "edit", file, "--target", "Deployment/api", "--namespace", "b", "--replicas", 3, "--write");

    assertThat(Files.readString(file))
        .isEqualTo(two.replaceFirst("(?s)(.*)replicas: 1", "$1replicas: 3"));
  }

  @Test
  void writingKeepsModeAndLink() throws IOException {
    Path file = file("real/api.yaml", API);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-x--x"));
    Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), file);

    Result result = heal8s("edit", link, "--target", "Deployment/api", "--replicas", 3, "--write");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(Files.readString(file)).contains("replicas: 3");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-x--x");
    assertThat(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).isTrue();
    try (Stream<Path> left = Files.list(file.getParent())) {
      assertThat(left).as("no temporary file stays behind").containsExactly(file);
    }
  }

  @Test
  void aReadOnlyFileStays() throws IOException {
    Path file = file("api.yaml", API);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));

    Result result = heal8s("edit", file, "--target", "Deployment/api", "--replicas", 3, "--write");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            file + ":1: cannot be read or replaced: it is read-only; make it writable first\n");
    assertThat(Files.readString(file)).isEqualTo(API);
  }

  /** As on a full disk: what came through so far must not pass for the whole document. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void halfAnOutputIsAFailure(boolean write) {
    StringWriter err = new StringWriter();
    CommandLine command =
        new CommandLine(new EditCommand(new ByteArrayInputStream(API.getBytes(UTF_8))))
            .setOut(new PrintWriter(new FullDisk(40)))
            .setErr(new PrintWriter(err, true));
    List<String> line = new ArrayList<>(List.of("-", "--target", "deploy/api", "--replicas", "3"));
    if (write) {
      line.add("--write");
    }

    int code = command.execute(line.toArray(String[]::new));

    assertThat(code).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo(
            "standard output could not be written to its end; what is there is incomplete\n");
  }

  /** Takes so many characters and no more. */
  private static final class FullDisk extends Writer {

    private int free;

    FullDisk(int free) {
      this.free = free;
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
      free -= length;
      if (free < 0) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void aFileThatNobodyEditsByHandIsRefusedForItsSize() {
    byte[] huge = new byte[ManifestFiles.MOST_BYTES + 1];
    StringWriter err = new StringWriter();
    CommandLine command =
        new CommandLine(new EditCommand(new ByteArrayInputStream(huge)))
            .setErr(new PrintWriter(err, true));

    int code = command.execute("-", "--target", "deploy/api", "--replicas", "3");

    assertThat(code).isEqualTo(3);
    assertThat(err.toString()).isEqualTo("-:1: larger than 64 MiB; split the file\n");
  }

  @Test
  void aFileThatChangedMeanwhileIsNotOverwritten() throws IOException {
    Path file = file("api.yaml", "new content");

    assertThatThrownBy(
            () -> FileReplacement.replace(file, "old".getBytes(UTF_8), "edited".getBytes(UTF_8)))
        .hasMessageContaining("changed by somebody else");

    assertThat(Files.readString(file)).isEqualTo("new content");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--target Deployment/api | nothing to change; give --memory, --replicas or --image",
        "--target api --replicas 3 | wants KIND/NAME",
        "--target Service/api --replicas 3 | no kind Service is known, only Deployment",
        "--target Deployment/api --memory lots | wants a quantity such as 512Mi, not lots",
        "--target Deployment/api --memory -1Gi | wants a quantity",
        "--target Deployment/api --memory 0 | wants a quantity",
        "--target Deployment/api --memory 512mi | wants a quantity",
        "--target Deployment/api --memory 512MB | wants a quantity",
        "--target Deployment/api --memory 512m | wants whole bytes such as 512Mi",
        "--target Deployment/api --replicas 3 --namespace= | --namespace is empty",
        "--target Deployment/api --memory 1Gi --container= | --container is empty",
        "--target Deployment/api --memory 1Gi --memory 2Gi | should be specified only once",
        "--target Deployment/api --replicas 2147483648 | --replicas",
        "--target Deployment/api --replicas -1 | wants 0 or more",
        "--target Deployment/api --replicas x | --replicas",
        "--target DaemonSet/api --replicas 3 | a DaemonSet has no replicas",
        "--target Deployment/api --frobnicate | Unknown option: '--frobnicate'",
        "--replicas 3 | --target",
        "absent.yaml --target Deployment/api --replicas 3 | absent.yaml does not exist"
      })
  void aWrongCommandIsExplainedInOneLine(String args, String why) throws IOException {
    Path file = file("api.yaml", API);
    List<Object> all = new ArrayList<>(List.of("edit", file));
    all.addAll(List.of(args.strip().split(" ")));

    Result result = heal8s(all.toArray());

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains(why.strip()).hasLineCount(1);
    assertThat(Files.readString(file)).isEqualTo(API);
  }

  @Test
  void anEmptyFileNameIsNotTheWholeFolder() throws IOException {
    Result result = heal8s("edit", "", "--target", "Deployment/api", "--replicas", 3, "--write");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("a FILE is empty").hasLineCount(1);
  }

  @Test
  void helpSaysOptionsExitCodesAndExamples() {
    Result result = heal8s("edit", "--help");

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("--target=KIND/NAME", "Exit codes:", "FILE:LINE: reason", "Examples:");
  }

  @Test
  void neitherSpringNorTheKubernetesClientIsLoaded() {
    for (String name :
        List.of(
            "org.springframework.context.ApplicationContext",
            "io.kubernetes.client.openapi.ApiClient")) {
      assertThatThrownBy(() -> Class.forName(name))
          .as("the command starts without " + name)
          .isInstanceOf(ClassNotFoundException.class);
    }
  }
}
