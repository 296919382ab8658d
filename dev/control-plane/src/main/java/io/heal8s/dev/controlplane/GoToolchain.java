// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The {@code go} command of this machine.
 *
 * @param executable where it is; null if there is none
 * @param version what it says of itself, such as 1.26.8; empty if it said nothing usable
 */
record GoToolchain(@Nullable Path executable, String version) {

  private static final Pattern VERSION = Pattern.compile("\\bgo(\\d+(?:\\.\\d+)*)");

  /** Looks in PATH, then where installers and package managers put it. */
  static GoToolchain find(Map<String, String> environment) {
    Stream<Path> inPath =
        Stream.of(environment.getOrDefault("PATH", "").split(":"))
            .filter(folder -> !folder.isEmpty())
            .map(Path::of);
    Stream<Path> usual =
        Stream.of(
            Path.of("/usr/local/go/bin"), Path.of("/opt/homebrew/bin"), Path.of("/usr/lib/go/bin"));
    return Stream.concat(inPath, usual)
        .map(folder -> folder.resolve("go"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(go -> new GoToolchain(go, versionOf(go)))
        .orElse(new GoToolchain(null, ""));
  }

  /**
   * Why it cannot build a module whose {@code go} line names {@code oldest}.
   *
   * @return one sentence, or null if it can
   */
  @Nullable String problem(String oldest) {
    if (executable == null) {
      return "there is no go command; install Go " + oldest + " or newer and put it on the PATH";
    }
    if (version.isEmpty() || compare(version, oldest) < 0) {
      return executable
          + " is Go "
          + (version.isEmpty() ? "of an unknown version" : version)
          + "; install Go "
          + oldest
          + " or newer";
    }
    return null;
  }

  static int compare(String left, String right) {
    List<Integer> a = numbers(left);
    List<Integer> b = numbers(right);
    for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
      int difference = Integer.compare(i < a.size() ? a.get(i) : 0, i < b.size() ? b.get(i) : 0);
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  private static List<Integer> numbers(String version) {
    return Stream.of(version.split("\\.")).map(Integer::valueOf).toList();
  }

  private static String versionOf(Path go) {
    try {
      ProcessBuilder question = new ProcessBuilder(go.toString(), "version");
      // The version of the installed command, not of one that a go.work or go.mod nearby asks for.
      question.environment().put("GOTOOLCHAIN", "local");
      Process process = question.redirectErrorStream(true).start();
      process.getOutputStream().close();
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher found = VERSION.matcher(answer);
      return found.find() ? found.group(1) : "";
    } catch (IOException e) {
      return "";
    }
  }
}
