// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.cli.Heal8s;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class EvalCommandTest {

  private static final String FLIP =
      """
      {"name":"shop","old":{"health":"ok"},"new":{"health":"unhealthy"},\
      "trigger":{"field":"health","condition":"equals","value":"unhealthy"}}\
      """;

  private static final String ANSWER =
      """
      {"changed":["health"],"initial":false,"fires":true,"events":[\
      {"type":"Warning","reason":"StateFieldChanged","message":"Field 'health' changed in TApp 'shop'"},\
      {"type":"Warning","reason":"HealthStatusChanged","message":\
      "Field 'health' changed from 'ok' to 'unhealthy' in TApp 'shop'"}]}\
      """;

  @Test
  void answersEachLine() {
    assertThat(run(FLIP + "\n" + FLIP + "\n")).containsExactly(ANSWER, ANSWER);
  }

  @Test
  void nullAndNothingAreTheFirstPoll() {
    String initial =
        """
        {"changed":[],"initial":true,"fires":false,"events":[{"type":"Normal",\
        "reason":"InitialStateDetected","message":"Initial state detected for TApp 'ä'"}]}\
        """;

    assertThat(run("{\"name\":\"ä\",\"old\":null,\"new\":{}}\n{\"name\":\"ä\",\"new\":{}}"))
        .containsExactly(initial, initial);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"name":"a","new":{}                      | not JSON at column
          {"name":"a","new":{}} {}                  | there is more than one JSON value
          {"name":"a","new":{"a":01}}               | not JSON at column
          {"name":"a","new":{"a":NaN}}              | not JSON at column
          {"name":"a","new":{"a":1,"a":2}}          | duplicate
          'text'                                    | not JSON at column
          []                                        | the line is no JSON object
          {"new":{}}                                | name is missing, or no text
          {"name":1,"new":{}}                       | name is missing, or no text
          {"name":"a"}                              | new is missing
          {"name":"a","new":null}                   | new is no JSON object
          {"name":"a","old":[],"new":{}}            | old is no JSON object
          {"name":"a","new":{},"trigger":"x"}       | trigger is no JSON object
          {"name":"a","new":{},"trigger":{"field":1}} | trigger.field is no text
          {"name":"a","new":{},"trigger":{"mode":"x"}} | trigger.mode is 'x': write edge or level
          """)
  void aMalformedLineIsSaidAndTheNextIsRead(String line, String says) {
    List<String> answers = run(FLIP + "\n" + line + "\n" + FLIP);

    assertThat(answers).hasSize(3);
    assertThat(answers.get(1)).startsWith("{\"error\":\"line 2: ").containsIgnoringCase(says);
    assertThat(answers.get(2)).isEqualTo(ANSWER);
  }

  @Test
  void aLineThatIsNestedWithoutEndIsMalformedToo() {
    String deep = "{\"name\":\"a\",\"new\":{\"a\":" + "[".repeat(100_000);

    assertThat(run(deep + "\n" + FLIP)).element(0).asString().startsWith("{\"error\":\"line 1: ");
  }

  @Test
  void linesEndAsEverySystemEndsThem() {
    assertThat(run("\uFEFF" + FLIP + "\r\n\r\n  \n" + FLIP + "\r\n" + FLIP))
        .containsExactly(ANSWER, ANSWER, ANSWER);
    assertThat(run(FLIP + "\n\nx")).element(1).asString().startsWith("{\"error\":\"line 3: ");
  }

  @Test
  void whatNobodyAsksForIsNotLookedAt() {
    String more =
        FLIP.replace("\"name\":", "\"because\":{\"x\":[1]},\"name\":")
            .replace("\"field\":", "\"comment\":1,\"field\":");

    assertThat(run(more)).containsExactly(ANSWER);
  }

  @Test
  void aValueThatIsNotThereIsNull() {
    String gone =
        """
        {"name":"shop","old":{"a":1},"new":{"a":null},"trigger":{"field":"a","condition":"%s"}}\
        """;

    assertThat(run(gone.formatted("not_exists"))).first().asString().contains("\"fires\":true");
    assertThat(run(gone.formatted("equals"))).first().asString().contains("\"fires\":true");
    assertThat(run(gone.formatted("exists"))).first().asString().contains("\"fires\":false");
  }

  @Test
  void manyLinesAreAnsweredInTheirOrder() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      lines.append("{\"name\":\"a\",\"old\":{},\"new\":{\"f").append(i).append("\":1}}\n");
    }

    List<String> answers = run(lines.toString());

    assertThat(answers).hasSize(5_000);
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i)).startsWith("{\"changed\":[\"f" + i + "\"],");
    }
  }

  @Test
  void endsWhenNobodyTakesTheAnswers() throws IOException {
    InputStream many =
        new ByteArrayInputStream((FLIP + "\n").repeat(5_000).getBytes(StandardCharsets.UTF_8));
    PrintWriter closed = new PrintWriter(Writer.nullWriter());
    closed.close();
    StringWriter err = new StringWriter();

    int code =
        new CommandLine(new EvalCommand(many))
            .setOut(closed)
            .setErr(new PrintWriter(err, true))
            .execute();

    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("standard output cannot be written");
    assertThat(many.available()).as("what is not read any more").isPositive();
  }

  @Test
  void aTriggerThatCannotBeJudgedIsAProblem() {
    assertThat(run(FLIP.replace("\"equals\"", "\"changed\"")))
        .first()
        .asString()
        .contains("\"fires\":false")
        .contains("\"problem\":\"the trigger has no condition that this release knows\"");
  }

  @Test
  void whoWaitsForAnAnswerGetsIt() throws IOException {
    StringWriter out = new StringWriter();
    try (PipedInputStream input = new PipedInputStream();
        PipedOutputStream lines = new PipedOutputStream(input)) {
      Thread command = Thread.ofVirtual().start(() -> run(input, new PrintWriter(out)));
      lines.write((FLIP + "\n").getBytes(StandardCharsets.UTF_8));
      lines.flush();

      Awaitility.await().untilAsserted(() -> assertThat(out.toString()).isEqualTo(ANSWER + "\n"));
      assertThat(command.isAlive()).isTrue();
    }
  }

  @Test
  void theExampleOfTheHelpWorks() {
    String help = new CommandLine(new EvalCommand()).getUsageMessage();
    Matcher example = Pattern.compile("echo '(\\{.*})' \\|").matcher(help);

    assertThat(example.find()).as(help).isTrue();
    assertThat(run(example.group(1))).first().asString().contains("\"fires\":true");
  }

  @Test
  void isAmongTheCommands() {
    CommandLine all =
        Heal8s.commandLine(
            new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));

    assertThat(all.getSubcommands().get("graphql"))
        .satisfies(graphql -> assertThat(graphql.getSubcommands()).containsKey("eval"));
  }

  private static List<String> run(String lines) {
    StringWriter out = new StringWriter();
    InputStream input = new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));
    assertThat(run(input, new PrintWriter(out))).isZero();
    return Stream.of(out.toString().split("\n")).toList();
  }

  private static int run(InputStream input, PrintWriter out) {
    return new CommandLine(new EvalCommand(input)).setOut(out).execute();
  }
}
