// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.plugin.InputSink;
import io.heal8s.resource.plugin.InputSink.Key;
import io.heal8s.resource.plugin.InputSink.Origin;
import io.heal8s.resource.plugin.InputSink.Receipt;
import io.heal8s.resource.plugin.InputSink.Receipt.Fault;
import io.heal8s.resource.plugin.InputSink.Wanted;
import io.heal8s.resource.testing.Samples;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is deleted when a source names it no more. */
class WholeSourceTest {

  private static final Key NAMED = new Key("T", "v1", "named");
  private static final Key GONE = new Key("T", "v2", "gone");
  private static final Key UNCLEAR = new Key("T", "v1", "unclear");

  private static Sheet sheet(Key... keys) {
    return new Sheet(
        "a.yaml",
        List.of(keys).stream()
            .map(
                key ->
                    new Wanted(
                        key,
                        "",
                        Samples.json("{\"size\":1}"),
                        Samples.json("{}"),
                        Map.of(),
                        new Origin("s", "a.yaml")))
            .toList(),
        List.of());
  }

  @Test
  void whatAPartNamedThatCannotBeUnderstoodNowStays() {
    Sink sink =
        new Sink(new Receipt.Accepted(), Map.of(GONE, "gone.yaml", UNCLEAR, "unclear.yaml"));
    new WholeSource(sink, "s", true)
        .lay(List.of(sheet(NAMED), Sheet.unreadable("unclear.yaml", "is no YAML")));
    assertThat(sink.deleted).containsExactly(GONE);
  }

  @Test
  void aRefusedSpecKeepsNothingElse() {
    Sink sink = new Sink(new Receipt.Refused("too large"), Map.of(GONE, "gone.yaml"));
    assertThat(new WholeSource(sink, "s", true).lay(List.of(sheet(NAMED))).problems())
        .containsExactly("a.yaml: named: too large");
    assertThat(sink.deleted).containsExactly(GONE);
  }

  @Test
  void aDocumentThatMeansNoResourceMayBeTheOneThatIsMissed() {
    Receipt refusal = new Receipt.Refused("Resource type T/v1 not found", Fault.IDENTITY);
    Sink sink = new Sink(refusal, Map.of(GONE, "gone.yaml"));
    assertThat(new WholeSource(sink, "s", true).lay(List.of(sheet(NAMED))).problems())
        .containsExactly(
            "a.yaml: named: Resource type T/v1 not found",
            "nothing is deleted while it is unclear which resource a document means");
    assertThat(sink.deleted).isEmpty();
  }

  @Test
  void whatCountsInNeitherOfTwoPlacesIsNamedAllTheSame() {
    Sink sink = new Sink(new Receipt.Accepted(), Map.of());
    Key other = new Key("T", "v2", "named");
    new WholeSource(sink, "s", true).lay(List.of(sheet(NAMED, other)));
    assertThat(sink.asked).containsExactly(NAMED, other);
  }

  /** Answers every delivery alike. */
  private static final class Sink implements InputSink {

    private final Receipt receipt;
    private final Map<Key, String> gone;
    private final Set<Key> asked = new LinkedHashSet<>();
    private final Set<Key> deleted = new LinkedHashSet<>();

    Sink(Receipt receipt, Map<Key, String> gone) {
      this.receipt = receipt;
      this.gone = gone;
    }

    @Override
    public Receipt apply(Wanted wanted) {
      return receipt;
    }

    @Override
    public Receipt delete(Key key, @Nullable String source) {
      deleted.add(key);
      return new Receipt.Accepted();
    }

    @Override
    public Map<Key, String> gone(String source, Collection<Key> named) {
      asked.addAll(named);
      return gone;
    }

    @Override
    public Optional<State> state(Key key) {
      return Optional.empty();
    }

    @Override
    public boolean alone(String source, Runnable work) {
      work.run();
      return true;
    }
  }
}
