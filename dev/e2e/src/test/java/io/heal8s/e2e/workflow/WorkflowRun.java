// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** One run of the apply workflow for one push: its three jobs, as GitHub would start them. */
final class WorkflowRun {

  static final Path FOLDER = Path.of("../../deploy/github-actions").toAbsolutePath().normalize();
  static final Path FILE = FOLDER.resolve("apply-remediation.yaml");

  private final Map<String, String> expressions = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private final Path checkout;
  private final Path outputs;

  /**
   * A run.
   *
   * @param path folders with programs, before those of this machine
   */
  WorkflowRun(Path checkout, Path runnerTemp, String before, String after, String path)
      throws IOException {
    this.checkout = checkout;
    this.outputs = runnerTemp.resolve("outputs");
    expressions.put("secrets.HEAL8S_KUBECONFIG", "");
    expressions.put("github.token", "none");
    expressions.put("github.repository", GithubStandIn.REPOSITORY);
    expressions.put("github.ref_name", "main");
    expressions.put("github.event.before", before);
    expressions.put("github.event.after", after);
    expressions.put("github.event.created || github.event.forced", "false");
    expressions.put("github.server_url", "https://github.example");
    expressions.put("github.run_id", "1");
    environment.put("LOOKUP_PAUSE", "0");
    environment.put("RUNNER_TEMP", Files.createDirectories(runnerTemp).toString());
    environment.put("GITHUB_OUTPUT", outputs.toString());
    environment.put("PATH", path + ":" + System.getenv("PATH"));
  }

  WorkflowRun with(String expression, String value) {
    expressions.put(expression, value);
    return this;
  }

  WorkflowRun environment(Map<String, String> more) {
    environment.putAll(more);
    return this;
  }

  /** The first job alone. */
  Workflow.Run find() throws Exception {
    return job("merged");
  }

  /** The numbers that the first job found, in its own spelling. */
  String found() {
    return expressions.getOrDefault("needs.merged.outputs.pull-requests", "");
  }

  /** All jobs; the result is that of the job that applies, or of the first where that is all. */
  Workflow.Run all() throws Exception {
    Workflow.Run merged = find();
    if (merged.exit() != 0 || found().isEmpty()) {
      return merged;
    }
    Workflow.Run applied = job("apply");
    report(applied.exit() == 0 ? "success" : "failure");
    return applied;
  }

  /** The last job, after the one that applies ended so. */
  void report(String result) throws Exception {
    expressions.put("needs.apply.result", result);
    expressions.putIfAbsent("needs.apply.outputs.notes", "");
    job("report");
  }

  private Workflow.Run job(String name) throws Exception {
    Files.writeString(outputs, "");
    Workflow.Run run = Workflow.read(FILE, name).run(checkout, expressions, environment);
    Map<String, String> told = new LinkedHashMap<>();
    for (String line : Files.readAllLines(outputs)) {
      told.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }
    told.forEach((key, value) -> expressions.put("needs." + name + ".outputs." + key, value));
    return run;
  }
}
