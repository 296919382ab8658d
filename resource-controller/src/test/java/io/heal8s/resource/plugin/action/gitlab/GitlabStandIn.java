// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.gitlab;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.testing.MoodyServer;
import io.heal8s.resource.testing.MoodyServer.Received;
import io.heal8s.resource.testing.MoodyServer.Reply;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The pipelines API of one project, {@code group/shop} with number 21 and a branch {@code main}.
 * After each request its parameters are compared with the published tables; {@link
 * #assertConformant} says what did not fit.
 */
final class GitlabStandIn implements AutoCloseable {

  static final String TOKEN = "glpat-of-the-operator";
  private static final String PROJECT = "/api/v4/projects/(group%2Fshop|21)";
  private static final Set<String> STATUSES =
      Set.of(
          "created",
          "waiting_for_resource",
          "preparing",
          "pending",
          "running",
          "success",
          "failed",
          "canceled",
          "skipped",
          "manual",
          "scheduled");

  /** Parameters of the operations, as published: name to what the value must look like. */
  private static final Map<String, String> PAGES = Map.of("page", "\\d+", "per_page", "\\d{1,3}");

  private static final Map<String, String> LIST =
      Map.of(
          "name", ".+",
          "order_by", "id|status|ref|updated_at|user_id",
          "ref", ".+",
          "scope", "running|pending|finished|branches|tags",
          "sort", "asc|desc",
          "source", "[a-z_]+",
          "status", String.join("|", STATUSES),
          "username", ".+",
          "page", "\\d+",
          "per_page", "\\d{1,3}");

  private final InstantSource clock;
  private final MoodyServer server = new MoodyServer();
  private final List<ObjectNode> pipelines = new CopyOnWriteArrayList<>();
  private final List<String> objections = new CopyOnWriteArrayList<>();
  private final List<String> script = new CopyOnWriteArrayList<>();

  /** What the next request is answered with instead; null for properly. */
  volatile @Nullable Function<Received, Reply> fault;

  GitlabStandIn() {
    this(Clock.systemUTC());
  }

  GitlabStandIn(InstantSource clock) {
    this.clock = clock;
    server.answers(this::answer);
  }

  String url() {
    return server.url("");
  }

  MoodyServer server() {
    return server;
  }

  /** Statuses that the next questions for a pipeline see; then the last for ever. */
  void script(String... statuses) {
    script.clear();
    script.addAll(List.of(statuses));
  }

  /** Variables of each pipeline that was made, oldest first. */
  List<Map<String, String>> started() {
    List<Map<String, String>> started = new ArrayList<>();
    for (ObjectNode pipeline : pipelines) {
      Map<String, String> variables = new TreeMap<>();
      pipeline
          .path("variables")
          .forEach(
              each -> variables.put(each.path("key").asString(), each.path("value").asString()));
      started.add(variables);
    }
    return started;
  }

  /** Statuses as they are, oldest first. */
  List<String> statuses() {
    return pipelines.stream().map(each -> each.path("status").asString()).toList();
  }

  void assertConformant() {
    assertThat(objections).isEmpty();
  }

  private Reply answer(Received request) {
    var special = fault;
    return special == null ? properly(request) : special.apply(request);
  }

  /** The answer to a request where nothing is wrong. */
  Reply properly(Received request) {
    if (!request.header("private-token").orElse("").equals(TOKEN)) {
      return Reply.json(401, "{\"message\":\"401 Unauthorized\"}");
    }
    String path = request.target().replaceFirst("\\?.*", "");
    String operation = request.method() + " " + path.replaceFirst(PROJECT, ":id");
    if (!path.matches(PROJECT + "/.*")) {
      return Reply.json(404, "{\"message\":\"404 Project Not Found\"}");
    }
    if (operation.equals("POST :id/pipeline")) {
      return create(request);
    }
    if (operation.equals("GET :id/pipelines")) {
      query(request, LIST);
      return list(request);
    }
    String number = operation.replaceFirst("\\D*(\\d+).*", "$1");
    ObjectNode pipeline =
        pipelines.stream()
            .filter(each -> each.path("id").asString("").equals(number))
            .findFirst()
            .orElse(null);
    if (pipeline == null) {
      return Reply.json(404, "{\"message\":\"404 Not found\"}");
    }
    return switch (operation.replace(number, ":pipeline_id")) {
      case "GET :id/pipelines/:pipeline_id" -> {
        query(request, Map.of());
        yield Reply.json(200, moved(pipeline).toString());
      }
      case "GET :id/pipelines/:pipeline_id/variables" -> {
        query(request, PAGES);
        yield Reply.json(200, pipeline.path("variables").toString());
      }
      case "GET :id/pipelines/:pipeline_id/jobs" -> {
        query(request, Map.of("page", "\\d+", "per_page", "\\d{1,3}", "scope", ".+"));
        yield Reply.json(200, jobs(request));
      }
      case "POST :id/pipelines/:pipeline_id/cancel" -> {
        query(request, Map.of());
        script.clear();
        pipeline.put("status", "canceled");
        yield Reply.json(200, shown(pipeline).toString());
      }
      default -> {
        objections.add("there is no operation " + operation);
        yield Reply.json(404, "{\"error\":\"404 Not Found\"}");
      }
    };
  }

  private Reply create(Received request) {
    query(request, Map.of("ref", ".+"));
    JsonNode body = JsonMapper.shared().readTree(request.body());
    body.propertyNames().stream()
        .filter(name -> !Set.of("ref", "variables", "inputs").contains(name))
        .forEach(name -> objections.add("a new pipeline has no attribute " + name));
    for (JsonNode variable : body.path("variables")) {
      boolean fits =
          variable.path("key").isString()
              && variable.path("value").isString()
              && Set.of("key", "value", "variable_type")
                  .containsAll(List.copyOf(variable.propertyNames()));
      if (!fits) {
        objections.add("no variable: " + variable);
      }
    }
    if (!body.path("ref").isString()) {
      return Reply.json(400, "{\"error\":\"ref is missing\"}");
    }
    if (!body.path("ref").stringValue().equals("main")) {
      return Reply.json(400, "{\"message\":{\"base\":[\"Reference not found\"]}}");
    }
    ObjectNode pipeline =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", 287 + pipelines.size())
            .put("iid", 1 + pipelines.size())
            .put("project_id", 21)
            .put("sha", "50f0acb76a40e34a4ff304f7347dcc6587da8a14")
            .put("ref", "main")
            .put("status", "created")
            .put("source", "api")
            .put("created_at", clock.instant().toString())
            .put("web_url", url() + "/group/shop/-/pipelines/" + (287 + pipelines.size()));
    pipeline.set("variables", body.path("variables"));
    pipelines.add(pipeline);
    return Reply.json(201, shown(pipeline).toString());
  }

  private Reply list(Received request) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    boolean ours = parameters(request).getOrDefault("ref", "main").equals("main");
    pipelines.reversed().stream().filter(_ -> ours).forEach(each -> list.add(shown(each)));
    return Reply.json(200, list.toString());
  }

  private ObjectNode moved(ObjectNode pipeline) {
    if (!script.isEmpty()) {
      pipeline.put("status", script.size() > 1 ? script.removeFirst() : script.getFirst());
    }
    if (!STATUSES.contains(pipeline.path("status").asString())) {
      objections.add("there is no such status");
    }
    return shown(pipeline);
  }

  /** Variables are no part of a pipeline's answer. */
  private static ObjectNode shown(ObjectNode pipeline) {
    ObjectNode shown = pipeline.deepCopy();
    shown.remove("variables");
    return shown;
  }

  /** 150 jobs, so that there is a second page. */
  private static String jobs(Received request) {
    Map<String, String> parameters = parameters(request);
    int size = Integer.parseInt(parameters.getOrDefault("per_page", "20"));
    int page = Integer.parseInt(parameters.getOrDefault("page", "1"));
    ArrayNode jobs = JsonNodeFactory.instance.arrayNode();
    for (int i = (page - 1) * size; i < Math.min(150, page * size); i++) {
      jobs.addObject()
          .put("id", i)
          .put("name", "job-" + i)
          .put("stage", "deploy")
          .put("status", "success")
          .put("started_at", "2022-09-21T01:05:14.197Z")
          .put("finished_at", "2022-09-21T01:05:50.175Z");
    }
    return jobs.toString();
  }

  private void query(Received request, Map<String, String> allowed) {
    parameters(request)
        .forEach(
            (name, value) -> {
              if (!allowed.containsKey(name) || !value.matches(allowed.get(name))) {
                objections.add(request.method() + " " + request.target() + ": " + name);
              }
            });
  }

  private static Map<String, String> parameters(Received request) {
    Map<String, String> parameters = new TreeMap<>();
    int question = request.target().indexOf('?');
    if (question >= 0) {
      for (String each : request.target().substring(question + 1).split("&")) {
        int equals = each.indexOf('=');
        parameters.put(
            each.substring(0, equals),
            URLDecoder.decode(each.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }

  @Override
  public void close() {
    server.close();
  }
}
