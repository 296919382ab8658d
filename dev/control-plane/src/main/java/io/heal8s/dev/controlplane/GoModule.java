// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a Go module that pins what a program is built from: its go.mod and go.sum, and Go
 * files where it has any of its own.
 *
 * @param files file name to content; go.mod is always among them
 */
public record GoModule(SortedMap<String, String> files) {

  private static final Pattern GO_DIRECTIVE = Pattern.compile("(?m)^go (\\S+)$");

  /** Copies what it is given and insists on a go.mod. */
  public GoModule {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    if (!files.containsKey("go.mod")) {
      throw new IllegalArgumentException("a Go module needs a go.mod, got " + files.keySet());
    }
  }

  /**
   * Reads a module that lies on the class path.
   *
   * @param anchor a class of the same jar
   * @param folder absolute resource folder, such as {@code /go/etcd}
   * @param names files to read there
   * @throws IllegalArgumentException if one of them is absent
   */
  public static GoModule onClassPath(Class<?> anchor, String folder, String... names) {
    SortedMap<String, String> files = new TreeMap<>();
    for (String name : names) {
      try (InputStream in = anchor.getResourceAsStream(folder + "/" + name)) {
        if (in == null) {
          throw new IllegalArgumentException("not on the class path: " + folder + "/" + name);
        }
        files.put(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new GoModule(files);
  }

  /** The version, without its {@code v}, at which this module pins another one. */
  public String versionOf(String modulePath) {
    Matcher pin =
        Pattern.compile("(?m)^(?:require)?\\s+" + Pattern.quote(modulePath) + " v(\\S+)")
            .matcher(goMod());
    if (!pin.find()) {
      throw new IllegalArgumentException("go.mod does not pin " + modulePath);
    }
    return pin.group(1);
  }

  /** The oldest Go that builds it, from its {@code go} line, such as 1.26.0. */
  public String oldestGo() {
    Matcher directive = GO_DIRECTIVE.matcher(goMod());
    if (!directive.find()) {
      throw new IllegalArgumentException("go.mod has no go line");
    }
    return directive.group(1);
  }

  void writeTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }

  private String goMod() {
    return files.get("go.mod") == null ? "" : files.get("go.mod");
  }
}
