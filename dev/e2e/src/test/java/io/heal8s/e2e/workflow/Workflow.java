// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.workflow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/**
 * The steps of one job of a workflow file, run as GitHub's runner would: one bash for each, in the
 * checked-out repository, with the expressions filled in.
 */
final class Workflow {

  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{\\s*(.*?)\\s*}}");

  private final List<Map<String, Object>> steps;
  private final Map<String, String> jobEnvironment;

  private Workflow(List<Map<String, Object>> steps, Map<String, String> jobEnvironment) {
    this.steps = steps;
    this.jobEnvironment = jobEnvironment;
  }

  /** What a run left behind. */
  record Run(int exit, String output) {}

  @SuppressWarnings("unchecked")
  static Workflow read(Path file, String name) throws IOException {
    Map<String, Object> root = new Yaml().load(Files.readString(file));
    Map<String, Object> jobs = (Map<String, Object>) Objects.requireNonNull(root.get("jobs"));
    Map<String, Object> job = (Map<String, Object>) Objects.requireNonNull(jobs.get(name));
    List<Map<String, Object>> steps =
        (List<Map<String, Object>>) Objects.requireNonNull(job.get("steps"));
    return new Workflow(steps, texts(job.get("env")));
  }

  /**
   * Runs all steps with a script; after a failure only those that run always.
   *
   * @param expressions values of GitHub's expressions; {@code job.status} is filled in by itself
   * @param environment of every step, before what the file says
   */
  Run run(Path checkout, Map<String, String> expressions, Map<String, String> environment)
      throws IOException, InterruptedException {
    StringBuilder output = new StringBuilder();
    int exit = 0;
    for (Map<String, Object> step : steps) {
      Object script = step.get("run");
      boolean always = "always()".equals(step.get("if"));
      if (script == null || (exit != 0 && !always)) {
        continue;
      }
      Map<String, String> values = new HashMap<>(expressions);
      values.put("job.status", exit == 0 ? "success" : "failure");
      Map<String, String> all = new HashMap<>();
      jobEnvironment.forEach((name, value) -> all.put(name, filled(value, values)));
      texts(step.get("env")).forEach((name, value) -> all.put(name, filled(value, values)));
      all.putAll(environment);
      Run one = bash(checkout, filled(script.toString(), Map.of()), all);
      output.append("== ").append(step.get("name")).append('\n').append(one.output());
      exit = exit == 0 ? one.exit() : exit;
    }
    return new Run(exit, output.toString());
  }

  private static Run bash(Path checkout, String script, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("step", ".sh");
    try {
      Files.writeString(file, script);
      List<String> line =
          List.of("bash", "--noprofile", "--norc", "-eo", "pipefail", file.toString());
      ProcessBuilder builder =
          new ProcessBuilder(new ArrayList<>(line))
              .directory(checkout.toFile())
              .redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Run(process.waitFor(), output);
    } finally {
      Files.delete(file);
    }
  }

  /** Fills in expressions; a script must have none, so it is filled with nothing to offer. */
  private static String filled(String text, Map<String, String> values) {
    Matcher expression = EXPRESSION.matcher(text);
    return expression.replaceAll(
        found -> {
          String value = values.get(found.group(1));
          if (value == null) {
            throw new IllegalStateException(
                "the test does not know the expression " + found.group());
          }
          return Matcher.quoteReplacement(value);
        });
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> texts(@org.jspecify.annotations.Nullable Object map) {
    Map<String, String> texts = new HashMap<>();
    if (map != null) {
      ((Map<String, Object>) map).forEach((name, value) -> texts.put(name, value.toString()));
    }
    return texts;
  }
}
