// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Workflows and their runs. */
record ActionsRoutes(Hosting hosting, WorkflowRuns runs, Links links) {

  private static final String WORKFLOW = "/repos/{owner}/{repo}/actions/workflows/{workflow_id}";
  private static final String RUN = "/repos/{owner}/{repo}/actions/runs/{run_id}";
  private static final String DISPATCHES = WORKFLOW + "/dispatches";

  void addTo(Routes routes) {
    boolean describesRun = routes.describes("POST", DISPATCHES, 200);
    routes
        .add("GET", WORKFLOW, this::workflow)
        .add("POST", DISPATCHES, call -> dispatch(call, describesRun))
        .add("GET", WORKFLOW + "/runs", this::list)
        .add("GET", RUN, call -> onRun(call, true, run -> Answer.ok(shown(run))))
        .add("GET", RUN + "/jobs", call -> onRun(call, false, this::jobs))
        .add("GET", RUN + "/artifacts", call -> onRun(call, false, this::artifacts))
        .add("POST", RUN + "/cancel", call -> onRun(call, false, run -> cancel(call, run)));
  }

  private Optional<WorkflowRuns.Workflow> find(Call call) {
    return hosting
        .find(call.path("owner"), call.path("repo"), call.who())
        .flatMap(repository -> runs.find(repository.fullName(), call.path("workflow_id")));
  }

  private Answer workflow(Call call) {
    Optional<WorkflowRuns.Workflow> found = find(call);
    if (found.isEmpty()) {
      return Answer.notFound();
    }
    WorkflowRuns.Workflow workflow = found.get();
    return Answer.ok(
        node()
            .put("id", workflow.id())
            .put("name", workflow.file())
            .put("path", path(workflow.file()))
            .put("state", "active"));
  }

  private Answer dispatch(Call call, boolean describesRun) throws IOException {
    Optional<WorkflowRuns.Workflow> found = find(call);
    if (found.isEmpty()) {
      return Answer.notFound();
    }
    if (call.who().access() != Access.WRITE) {
      return Answer.error(403, "Resource not accessible by integration");
    }
    WorkflowRuns.Workflow workflow = found.get();
    String ref = call.json().path("ref").asString();
    if (tip(workflow.repository(), ref, call.who()) == null) {
      return Answer.error(422, "No ref found for: " + ref);
    }
    Map<String, String> inputs = new HashMap<>();
    for (Map.Entry<String, JsonNode> input : call.json().path("inputs").properties()) {
      inputs.put(input.getKey(), input.getValue().asString());
    }
    List<String> unexpected =
        inputs.keySet().stream()
            .filter(name -> !workflow.inputs().contains(name))
            .sorted()
            .toList();
    if (!unexpected.isEmpty()) {
      return Answer.error(422, "Unexpected inputs provided: " + unexpected);
    }
    WorkflowRuns.Run run = runs.dispatch(workflow, ref, inputs, call.who().login());
    boolean wanted = call.json().path("return_run_details").asBoolean(false);
    if (!describesRun || !wanted || !runs.tellsIds()) {
      return Answer.empty(204);
    }
    return Answer.ok(
        node()
            .put("workflow_run_id", run.dispatched().id())
            .put("run_url", api(run, ""))
            .put("html_url", page(run)));
  }

  private Answer list(Call call) {
    Optional<WorkflowRuns.Workflow> found = find(call);
    if (found.isEmpty()) {
      return Answer.notFound();
    }
    List<WorkflowRuns.Run> all =
        runs.of(found.get()).stream()
            .filter(
                run -> run.dispatched().ref().equals(call.query("branch", run.dispatched().ref())))
            .filter(run -> call.query("event", "workflow_dispatch").equals("workflow_dispatch"))
            .filter(run -> fits(run.state(), call.query("status", "")))
            .toList();
    int size = Integer.parseInt(call.query("per_page", "30"));
    int skipped = (Integer.parseInt(call.query("page", "1")) - 1) * size;
    ObjectNode body = node().put("total_count", all.size());
    ArrayNode list = body.putArray("workflow_runs");
    all.stream().skip(skipped).limit(size).forEach(run -> list.add(shown(run)));
    return Answer.ok(body);
  }

  private static boolean fits(WorkflowRuns.State state, String wanted) {
    return wanted.isEmpty() || wanted.equals(state.status()) || wanted.equals(state.conclusion());
  }

  private Answer onRun(Call call, boolean steps, Function<WorkflowRuns.Run, Answer> handler) {
    String repository = call.path("owner") + "/" + call.path("repo");
    long id = call.number("run_id");
    boolean seen = hosting.find(call.path("owner"), call.path("repo"), call.who()).isPresent();
    Optional<WorkflowRuns.Run> run =
        !seen ? Optional.empty() : steps ? runs.read(repository, id) : runs.peek(repository, id);
    return run.isEmpty() ? Answer.notFound() : handler.apply(run.get());
  }

  private ObjectNode shown(WorkflowRuns.Run run) {
    WorkflowRuns.Dispatched dispatched = run.dispatched();
    return node()
        .put("id", dispatched.id())
        .put("workflow_id", dispatched.workflow())
        .put("event", "workflow_dispatch")
        .put("display_title", runs.title(dispatched))
        .put("head_branch", dispatched.ref())
        .put("status", run.state().status())
        .put("conclusion", run.state().conclusion())
        .put("url", api(run, ""))
        .put("html_url", page(run))
        .put("jobs_url", api(run, "/jobs"))
        .put("artifacts_url", api(run, "/artifacts"))
        .put("cancel_url", api(run, "/cancel"))
        .put("created_at", Times.shown(run.since()))
        .put("updated_at", Times.shown(run.since()));
  }

  private Answer jobs(WorkflowRuns.Run run) {
    ObjectNode body = node().put("total_count", 1);
    body.putArray("jobs")
        .addObject()
        .put("id", run.dispatched().id() * 10)
        .put("run_id", run.dispatched().id())
        .put("name", "run")
        .put("status", run.state().status())
        .put("conclusion", run.state().conclusion())
        .put("started_at", Times.shown(run.since()))
        .put("html_url", page(run) + "/job/1");
    return Answer.ok(body);
  }

  private Answer artifacts(WorkflowRuns.Run run) {
    ObjectNode body = node().put("total_count", run.artifacts().size());
    ArrayNode list = body.putArray("artifacts");
    for (WorkflowRuns.Artifact artifact : run.artifacts()) {
      list.addObject()
          .put("id", artifact.id())
          .put("name", artifact.name())
          .put("size_in_bytes", artifact.bytes())
          .put("expired", false);
    }
    return Answer.ok(body);
  }

  private Answer cancel(Call call, WorkflowRuns.Run run) {
    if (call.who().access() != Access.WRITE) {
      return Answer.error(403, "Resource not accessible by integration");
    }
    return runs.cancel(run.dispatched().id())
        ? new Answer(202, node())
        : Answer.error(409, "Cannot cancel a workflow run that is completed.");
  }

  private @Nullable ObjectId tip(String fullName, String ref, Caller caller) throws IOException {
    String[] names = fullName.split("/", 2);
    Optional<HostedRepository> repository = hosting.find(names[0], names[1], caller);
    return repository.isEmpty()
        ? null
        : repository.get().branch(ref.replaceFirst("^refs/heads/", "")).orElse(null);
  }

  private String api(WorkflowRuns.Run run, String rest) {
    WorkflowRuns.Dispatched dispatched = run.dispatched();
    return links.web()
        + links.root()
        + "/repos/"
        + dispatched.repository()
        + "/actions/runs/"
        + dispatched.id()
        + rest;
  }

  private String page(WorkflowRuns.Run run) {
    WorkflowRuns.Dispatched dispatched = run.dispatched();
    return links.web() + "/" + dispatched.repository() + "/actions/runs/" + dispatched.id();
  }

  private static String path(String file) {
    return ".github/workflows/" + file;
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }
}
