// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.workflow;

import com.google.gson.Gson;
import io.heal8s.dev.controlplane.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * GitHub's command {@code gh} as the workflow uses it: answers from files, in the shapes of the
 * REST API, through the same filter language (gojq is what {@code gh --jq} runs).
 */
final class GithubStandIn {

  /** The repository that the workflow runs in. */
  static final String REPOSITORY = "shop/manifests";

  private static final Gson JSON = new Gson();

  private final Path folder;

  GithubStandIn(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    Path gh = folder.resolve("gh");
    Files.writeString(
        gh,
        """
        #!/bin/sh
        cd "%s"
        if [ "$1" = pr ]; then
          printf '%%s ' "$@" >> comments
          exit
        fi
        while [ $# -gt 0 ]; do
          case $1 in
            --jq) filter=$2; shift ;;
            --paginate) ;;
            *) path=$1 ;;
          esac
          shift
        done
        echo "$path" >> asked
        if [ -s down ]; then
          sed -i 1d down
          echo 'gh: HTTP 502' >&2
          exit 1
        fi
        answer=$(printf %%s "$path" | tr '/?&=' '____')
        case $path in
          *pulls | *pulls\\?*) if [ -s late ]; then sed -i 1d late; answer=nothing; fi ;;
        esac
        if [ ! -f "$answer" ]; then
          echo 'gh: Not Found (HTTP 404)' >&2
          exit 1
        fi
        exec "%s" -r "$filter" "$answer"
        """
            .formatted(folder, Programs.ofThisUser().gojq()));
    Files.setPosixFilePermissions(gh, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(folder.resolve("nothing"), "[]");
  }

  /**
   * A pull request.
   *
   * @param repository where its branch is; a fork has another
   * @param commit what it became on the base branch
   */
  record Pull(
      int number, String head, String repository, String base, boolean merged, String commit) {

    static Pull merged(int number, String head, String commit) {
      return new Pull(number, head, REPOSITORY, "main", true, commit);
    }

    private Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("number", number);
      json.put("merge_commit_sha", commit);
      if (merged) {
        json.put("merged_at", "2026-03-01T12:00:00Z");
      }
      json.put("base", Map.of("ref", base));
      json.put("head", Map.of("ref", head, "repo", Map.of("full_name", repository)));
      return json;
    }
  }

  /** A file of a pull request, as its list of files has it. */
  record Touched(String name, String former) {

    private Map<String, Object> json() {
      return former.isEmpty()
          ? Map.of("filename", name)
          : Map.of("filename", name, "previous_filename", former);
    }
  }

  /** Where the command is. */
  Path folder() {
    return folder;
  }

  /** A push that these commits came with, and the pull requests that GitHub knows. */
  void push(String before, String after, List<String> commits, List<Pull> pulls)
      throws IOException {
    answer(
        "compare/" + before + "..." + after + "?per_page=100",
        Map.of("commits", commits.stream().map(sha -> Map.of("sha", sha)).toList()));
    answer(
        "commits/" + after + "/pulls",
        pulls.stream().filter(pull -> pull.commit().equals(after)).map(Pull::json).toList());
    answer(
        "pulls?state=closed&sort=updated&direction=desc&per_page=100",
        pulls.stream().map(Pull::json).toList());
  }

  void files(int number, List<Touched> files) throws IOException {
    answer("pulls/" + number + "/files?per_page=100", files.stream().map(Touched::json).toList());
  }

  /** That many calls fail, the next are answered. */
  void down(int calls) throws IOException {
    Files.writeString(folder.resolve("down"), "x\n".repeat(calls));
  }

  /** That many questions for pull requests are answered with none. */
  void late(int calls) throws IOException {
    Files.writeString(folder.resolve("late"), "x\n".repeat(calls));
  }

  /** What was commented. */
  String comments() throws IOException {
    Path comments = folder.resolve("comments");
    return Files.exists(comments) ? Files.readString(comments) : "";
  }

  private void answer(String path, Object json) throws IOException {
    String name = ("repos/" + REPOSITORY + "/" + path).replaceAll("[/?&=]", "_");
    Files.writeString(folder.resolve(name), JSON.toJson(json));
  }
}
