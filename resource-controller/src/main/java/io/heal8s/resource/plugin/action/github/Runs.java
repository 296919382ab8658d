// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads lists of a run page by page: its jobs, its artifacts, and runs by their title. */
final class Runs {

  private static final int PAGE = 100;

  /** Ten thousand of anything is enough for outputs. */
  private static final int MOST_PAGES = 100;

  /** GitHub lists a thousand runs of a search, the newest first, and no more. */
  private static final int MOST_PAGES_OF_RUNS = 10;

  /** So far may its clock be behind ours. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

  private static final List<String> JOB_FIELDS =
      List.of("name", "status", "conclusion", "started_at", "completed_at");
  private static final List<String> ARTIFACT_FIELDS =
      List.of("name", "size_in_bytes", "archive_download_url");
  private static final int NOT_FOUND = 404;
  private static final Reply NONE = new Reply.Ok(200, JsonNodeFactory.instance.missingNode());

  private final GithubApi api;

  Runs(GithubApi api) {
    this.api = api;
  }

  /** What a run gave. */
  sealed interface Outputs {
    /** As far as it can be read. */
    record Read(ObjectNode outputs) implements Outputs {}

    /** It can be read later, after a pause. */
    record NotNow(Reply.Limited limited) implements Outputs {}
  }

  /** Outputs of a run; a part that cannot be read is left out. */
  Outputs outputs(Handle handle, JsonNode run, Access access) {
    ObjectNode outputs = JsonNodeFactory.instance.objectNode();
    outputs.put("run_id", handle.run()).put("run_url", run.path("html_url").asString(""));
    return all(outputs, handle, "jobs", access, JOB_FIELDS)
        .or(() -> all(outputs, handle, "artifacts", access, ARTIFACT_FIELDS))
        .<Outputs>map(Outputs.NotNow::new)
        .orElseGet(() -> new Outputs.Read(outputs));
  }

  private static void pick(JsonNode from, ObjectNode to, List<String> fields) {
    for (String field : fields) {
      if (from.has(field)) {
        to.set(field, from.path(field));
      } else {
        to.putNull(field);
      }
    }
  }

  /**
   * The run whose title carries the key; a missing node where every list was read and none does.
   * One from before the dispatch is another's: a database that was made anew gives the same keys
   * again.
   *
   * @param who wants it: the same when it comes back after a wait
   * @return the reply that stands in the way, where a list could not be read
   */
  Reply find(String who, Handle handle, String key, Access access) {
    Reply answer = NONE;
    for (String workflow : handle.workflows()) {
      Reply reply = find(who, handle, workflow, key, access);
      if (reply instanceof Reply.Ok ok && !ok.body().isMissingNode()) {
        return reply;
      }
      // A workflow that is not there has no runs.
      boolean isEmpty =
          reply instanceof Reply.Ok
              || reply instanceof Reply.Refused refused && refused.status() == NOT_FOUND;
      answer = isEmpty ? answer : reply;
    }
    return answer;
  }

  private Reply find(String who, Handle handle, String workflow, String key, Access access) {
    String list =
        "%s/actions/workflows/%s/runs?event=workflow_dispatch&per_page=%d&page="
            .formatted(handle.path(), workflow, PAGE);
    // A key is no part of another's number: 7-1-1 is not in 17-1-1 nor in 7-1-12.
    Pattern whole = Pattern.compile("(?<!\\d)" + Pattern.quote(key) + "(?!\\d)");
    for (int page = 1; page <= MOST_PAGES_OF_RUNS; page++) {
      boolean isFirst = page == 1 && workflow.equals(handle.workflows().getFirst());
      Reply reply =
          isFirst ? api.look(who, list + page, access) : api.get(who, list + page, access);
      if (!(reply instanceof Reply.Ok ok)) {
        return reply;
      }
      JsonNode found = ok.body().path("workflow_runs");
      for (JsonNode run : found) {
        if (whole.matcher(title(run)).find() && !isBefore(run, handle.from())) {
          return new Reply.Ok(ok.status(), run);
        }
      }
      boolean isLast = found.size() < PAGE || isBefore(found.path(found.size() - 1), handle.from());
      if (isLast) {
        break;
      }
    }
    return NONE;
  }

  private static String title(JsonNode run) {
    return run.path("display_title").asString("") + " " + run.path("name").asString("");
  }

  /** Whether a run, and with it all that are listed after it, is older than what is looked for. */
  private static boolean isBefore(JsonNode run, Instant from) {
    try {
      return Instant.parse(run.path("created_at").asString("")).plus(CLOCKS_DIFFER).isBefore(from);
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  /** Adds a list; returns the limit that stands in the way, if one does. */
  private Optional<Reply.Limited> all(
      ObjectNode outputs, Handle handle, String name, Access access, List<String> fields) {
    String path = handle.runPath() + "/" + name + "?per_page=" + PAGE + "&page=";
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (int page = 1; page <= MOST_PAGES; page++) {
      Reply reply = api.get(path + page, access);
      if (reply instanceof Reply.Limited limited) {
        return Optional.of(limited);
      }
      if (!(reply instanceof Reply.Ok ok)) {
        if (page == 1) {
          return Optional.empty();
        }
        break;
      }
      JsonNode list = ok.body().path(name);
      list.forEach(each -> pick(each, all.addObject(), fields));
      if (list.size() < PAGE) {
        break;
      }
    }
    outputs.set(name, all);
    return Optional.empty();
  }
}
