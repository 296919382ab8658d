// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.edit;

import io.heal8s.cli.input.FileTrouble;
import io.heal8s.pr.manifest.EditResult;
import io.heal8s.pr.manifest.FieldValue;
import io.heal8s.pr.manifest.LineEdit;
import io.heal8s.pr.manifest.Refusal;
import io.heal8s.pr.manifest.UnifiedDiff;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One call of the command: edits file after file, says what came of each, and sums up. */
final class EditRun {

  private static final int EDITED = 0;
  private static final int FAILED = 1;
  private static final int REFUSED = 3;

  /** What stands for standard input. */
  static final Path STANDARD_INPUT = Path.of("-");

  /** Of a folder's files that mention the name: perhaps the object, or a part of it, or neither. */
  private static final Set<Refusal> UNCERTAIN =
      Set.of(Refusal.NO_SUCH_FIELD, Refusal.TEMPLATE, Refusal.UNREADABLE);

  private final EditRequest request;
  private final FileEdit edit;
  private final boolean write;
  private final PrintWriter out;
  private final PrintWriter err;
  private final List<String> uncertain = new ArrayList<>();
  private final Set<Path> seen = new HashSet<>();
  private boolean anyFound;
  private int code = EDITED;

  EditRun(EditRequest request, boolean write, PrintWriter out, PrintWriter err) {
    this.request = request;
    this.edit = new FileEdit(request);
    this.write = write;
    this.out = out;
    this.err = err;
  }

  /** The exit code. */
  int run(List<Path> paths) {
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        editFolder(path);
      } else {
        editFile(path, false);
      }
    }
    if (!anyFound) {
      // Files that may hold the object are only an answer where no file surely does.
      uncertain.forEach(this::refuse);
    }
    return finished();
  }

  /** The same for one document, or several, that somebody pipes in. */
  int run(InputStream input) {
    try {
      byte[] bytes = ManifestFiles.read(input);
      switch (edit.edit(bytes)) {
        case EditResult.Edited edited when write ->
            out.print(new String(edited.bytes(), StandardCharsets.UTF_8));
        case EditResult.Edited edited -> show(STANDARD_INPUT, bytes, edited);
        case EditResult.AlreadyHolds(List<FieldValue> values) -> {
          if (write) {
            out.print(new String(bytes, StandardCharsets.UTF_8));
          }
          err.println(unchanged(STANDARD_INPUT, values));
        }
        case EditResult.Refused refused ->
            refuse(at(STANDARD_INPUT, refused.line()) + refused.reason());
      }
    } catch (IOException e) {
      fail(STANDARD_INPUT, e);
    }
    return finished();
  }

  /** Half an output, e.g. on a full disk, must not look like a whole one. */
  private int finished() {
    if (out.checkError()) {
      err.println("standard output could not be written to its end; what is there is incomplete");
      code = code == REFUSED ? REFUSED : FAILED;
    }
    err.flush();
    return code;
  }

  private static String unchanged(Path file, List<FieldValue> values) {
    return at(file, values.getFirst().line()) + "nothing to change, " + held(values);
  }

  private void editFolder(Path folder) {
    boolean anyHere = false;
    try {
      for (Path file : ManifestFiles.below(folder)) {
        anyHere |= editFile(file, true);
      }
    } catch (IOException e) {
      fail(folder, e);
      return;
    }
    if (!anyHere) {
      refuse(folder + ":1: no manifest below this folder holds " + request.target());
    }
  }

  /** Edits one file; false when it is one of a folder and does not hold the target. */
  private boolean editFile(Path file, boolean ofFolder) {
    if (!seen.add(identity(file))) {
      return true;
    }
    try {
      byte[] bytes = ManifestFiles.read(file);
      if (ofFolder && !ManifestFiles.mentions(bytes, request.name())) {
        return false;
      }
      switch (edit.edit(bytes)) {
        case EditResult.Edited edited -> show(file, bytes, edited);
        case EditResult.AlreadyHolds(List<FieldValue> values) -> {
          anyFound = true;
          out.println(unchanged(file, values));
        }
        case EditResult.Refused refused -> {
          return refused(file, refused, ofFolder);
        }
      }
      return true;
    } catch (IOException e) {
      fail(file, e);
      return true;
    }
  }

  /** A file that is named twice, by itself and by its folder, is edited once. */
  private static Path identity(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath();
    }
  }

  private boolean refused(Path file, EditResult.Refused refused, boolean ofFolder) {
    if (ofFolder && refused.refusal() == Refusal.NO_SUCH_OBJECT) {
      return false;
    }
    String line = at(file, refused.line()) + refused.reason();
    if (ofFolder && UNCERTAIN.contains(refused.refusal())) {
      uncertain.add(line);
    } else {
      refuse(line);
    }
    return true;
  }

  private void show(Path file, byte[] before, EditResult.Edited edited) throws IOException {
    anyFound = true;
    if (!write) {
      String old = new String(before, StandardCharsets.UTF_8);
      out.print(UnifiedDiff.of(slashes(file), old, edited.text()));
      return;
    }
    FileReplacement.replace(file, before, edited.bytes());
    for (LineEdit line : edited.edits()) {
      String was = line.before() == null ? "added" : line.before();
      out.println(
          at(file, line.line()) + field(line.change().path()) + " " + was + " → " + line.after());
    }
  }

  private static String held(List<FieldValue> values) {
    return values.stream()
        .map(v -> field(v.change().path()) + " is " + v.value() + " already")
        .collect(Collectors.joining(", "));
  }

  /** The last part of a path that says enough beside the file's line. */
  private static String field(String path) {
    int resources = path.indexOf("resources.");
    return path.substring(resources >= 0 ? resources : path.lastIndexOf('.') + 1);
  }

  private static String at(Path file, int line) {
    return file + ":" + line + ": ";
  }

  private static String slashes(Path file) {
    Path normal = file.normalize();
    return normal.toString().replace('\\', '/');
  }

  private void refuse(String line) {
    err.println(line);
    code = Math.max(code, REFUSED);
  }

  private void fail(Path file, IOException e) {
    err.println(file + ":1: cannot be read or replaced: " + FileTrouble.of(e));
    code = code == REFUSED ? REFUSED : FAILED;
  }
}
