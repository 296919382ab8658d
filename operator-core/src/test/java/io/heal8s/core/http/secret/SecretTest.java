// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
  private record Holder(String name, Secret secret) {}

  private final ManualClock clock = new ManualClock();

  @Test
  void nothingThatPrintsOrSerialisesShowsIt() {
    Holder holder = new Holder("x", Secret.of("hunter2hunter2"));

    assertThat(holder.toString()).contains("***").doesNotContain("hunter2");
    assertThat(new Gson().toJson(holder)).doesNotContain("hunter2");
    assertThat("" + holder.secret().hashCode()).isEqualTo("14");
  }

  @Test
  void equalsByValue() {
    assertThat(Secret.of("a-secret")).isEqualTo(Secret.of("a-secret"));
    assertThat(Secret.of("a-secret")).isNotEqualTo(Secret.of("b-secret"));
  }

  @Test
  void aMountedFileIsReadAgainAfterASecond(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("token"), "first\n\n  second  \n");
    MountedFile<List<Secret>> mounted = MountedFile.ofSecrets(file, clock);
    assertThat(mounted.current()).containsExactly(Secret.of("first"), Secret.of("second"));

    Files.writeString(file, "third");

    assertThat(mounted.current()).as("not looked at again yet").hasSize(2);
    clock.advance(MountedFile.RECHECK);
    assertThat(mounted.current()).containsExactly(Secret.of("third"));
  }

  @Test
  void aMountedFileThatDisappearsIsRevoked(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("token"), "first");
    MountedFile<List<Secret>> mounted = MountedFile.ofSecrets(file, clock);

    Files.delete(file);
    clock.advance(MountedFile.RECHECK);

    assertThat(mounted.current()).isEmpty();
  }

  @Test
  void aSwappedSymbolicLinkIsSeen(@TempDir Path dir) throws Exception {
    Path old = Files.createDirectory(dir.resolve("..2026_01"));
    Path fresh = Files.createDirectory(dir.resolve("..2026_02"));
    Files.writeString(old.resolve("token"), "old-value");
    Files.writeString(fresh.resolve("token"), "new-value");
    Path data = Files.createSymbolicLink(dir.resolve("..data"), old);
    Path file = Files.createSymbolicLink(dir.resolve("token"), data.resolve("token"));
    MountedFile<List<Secret>> mounted = MountedFile.ofSecrets(file, clock);

    Files.delete(data);
    Files.createSymbolicLink(data, fresh);
    clock.advance(MountedFile.RECHECK);

    assertThat(mounted.current()).containsExactly(Secret.of("new-value"));
  }

  @Test
  void aFileIsReadOnceForManyQuestions(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("key"), "x");
    AtomicInteger reads = new AtomicInteger();
    MountedFile<Integer> mounted = new MountedFile<>(file, text -> reads.incrementAndGet(), clock);

    for (int i = 0; i < 1000; i++) {
      var _ = mounted.current();
    }
    clock.advance(Duration.ofMillis(999));
    var _ = mounted.current();

    assertThat(reads).hasValue(1);
  }
}
